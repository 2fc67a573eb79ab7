using Ivim.Domain.Cohorts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Cohorts;

/// <summary>What a cohort has done for it, away from its mailbox. Each call may be made twice.</summary>
public interface ICohortStudies
{
    /// <summary>Reads the entry's files and writes what the workers will need; the study is not begun by it.</summary>
    /// <exception cref="Ivim.Physics.RefusalException">The entry cannot become a study.</exception>
    /// <exception cref="EntryDelayedException">Not now.</exception>
    Task<FiledStudy> FileAsync(EntryOrder order);

    /// <summary>The study goes on from wherever it stands.</summary>
    /// <exception cref="Ivim.Physics.RefusalException">The study refuses.</exception>
    /// <exception cref="EntryDelayedException">Not now.</exception>
    Task SubmitAsync(EntryOrder order, FiledStudy study);

    /// <exception cref="EntryDelayedException">Nobody answers.</exception>
    Task<StudyStanding> LookAsync(StudyId study);

    /// <summary>Returns when the study has its cancellation on disk, or is at its end, or never was.</summary>
    /// <exception cref="EntryDelayedException">Nobody answers.</exception>
    Task StopAsync(StudyId study);

    /// <summary>Workers that are there now.</summary>
    Task<int> WorkersAsync();
}

/// <summary>An entry as it is to become a study.</summary>
public sealed record EntryOrder(CohortId Cohort, CohortEntry Entry, string ProtocolDocument, string NumericClass);

/// <summary>A study whose files have been read.</summary>
public sealed record FiledStudy(StudyId Study, StudySource Source);

/// <param name="Failure">Why it failed, or what holds it up at the moment; null otherwise.</param>
public sealed record StudyStanding(StudyPhase Phase, WorkFailure? Failure);

/// <summary>An entry does not get on at the moment, and is tried again.</summary>
/// <param name="code">Of docs/errors.md.</param>
/// <param name="line">For people, beginning with the code; without path or name.</param>
public sealed class EntryDelayedException(string code, string line) : Exception(line)
{
    public string Code => code;
}
