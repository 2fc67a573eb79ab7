using Akka.Actor;
using Ivim.Domain.Studies;
using Ivim.Physics;

namespace Ivim.Actors.Cohorts;

/// <summary>What a cohort has done for one entry, outside its mailbox.</summary>
internal sealed class EntryErrand(ICohortStudies studies, EntryOrder order)
{
    public Task<ErrandEnd> FileAsync() =>
        GuardedAsync(async () => new ErrandEnd.Filed(await studies.FileAsync(order)));

    public Task<ErrandEnd> SubmitAsync(FiledStudy filed) => GuardedAsync(async () =>
    {
        await studies.SubmitAsync(order, filed);
        return new ErrandEnd.Submitted();
    });

    public Task<ErrandEnd> LookAsync(StudyId study) =>
        GuardedAsync(async () => new ErrandEnd.Seen(await studies.LookAsync(study)));

    /// <summary>
    /// The cohort was moved or restarted: of a study that is not at work nobody knows whether it was submitted.
    /// </summary>
    public Task<ErrandEnd> ResumeAsync(StudyId study) => GuardedAsync(async () =>
    {
        if ((await studies.LookAsync(study)).Phase == StudyPhase.Running) return new ErrandEnd.Submitted();
        var filed = await studies.FileAsync(order);
        if (filed.Study != study) return new ErrandEnd.Refused(InputChanged);
        await studies.SubmitAsync(order, filed);
        return new ErrandEnd.Submitted();
    });

    public Task<ErrandEnd> StopAsync(StudyId study) => GuardedAsync(async () =>
    {
        await studies.StopAsync(study);
        var standing = await studies.LookAsync(study);
        return standing.Phase == StudyPhase.Published ? new ErrandEnd.Seen(standing) : new ErrandEnd.Stopped();
    });

    private const string InputChanged = "INPUT-CHANGED";

    private static async Task<ErrandEnd> GuardedAsync(Func<Task<ErrandEnd>> errand)
    {
        try
        {
            return await errand();
        }
        catch (RefusalException refusal)
        {
            return new ErrandEnd.Refused(refusal.Code);
        }
        catch (EntryDelayedException delayed)
        {
            return new ErrandEnd.Delayed(delayed.Code, delayed.Message, null);
        }
        catch (Exception disk) when (disk is IOException or UnauthorizedAccessException)
        {
            return new ErrandEnd.Delayed("FILE-SYSTEM", "FILE-SYSTEM: found a work folder that cannot be read or "
                + "written; expected a usable one; check its disk: the cohort goes on by itself.", disk);
        }
#pragma warning disable CA1031 // One entry must not end the cohort: it is tried again, and says what it meets.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            return new ErrandEnd.Delayed("INTERNAL",
                $"INTERNAL: found a defect of the server ({defect.GetType().Name}); expected none; "
                + "report it with the server's log.", defect);
        }
    }
}

/// <summary>How an errand ended; comes back to the cohort as a message of its own.</summary>
internal abstract record ErrandEnd
{
    public sealed record Filed(FiledStudy Study) : ErrandEnd;

    public sealed record Submitted : ErrandEnd;

    public sealed record Seen(StudyStanding Standing) : ErrandEnd;

    public sealed record Stopped : ErrandEnd;

    public sealed record Refused(string Code) : ErrandEnd;

    public sealed record Delayed(string Code, string Message, Exception? Defect) : ErrandEnd;
}

/// <param name="Turn">The admission that it was about.</param>
internal sealed record ErrandDone(int Entry, long Turn, ErrandEnd End) : INoSerializationVerificationNeeded;
