using System.Collections.Concurrent;
using Ivim.Actors.Cohorts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Physics;

namespace Ivim.Actors.Tests.Cohorts;

/// <summary>Studies that a test moves: what a cohort would find outside.</summary>
internal sealed class CohortWorld : ICohortStudies
{
    private readonly ConcurrentDictionary<StudyId, StudyStanding> _studies = new();
    private readonly ConcurrentDictionary<string, RefusalException> _refusals = new();
    private readonly ConcurrentDictionary<StudyId, int> _submissions = new();
    private TaskCompletionSource _gate = Open();

    public int Workers { get; set; } = 1;

    /// <summary>Nobody answers, but for the files.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Every study is published as soon as it is submitted.</summary>
    public bool IsInstant { get; init; }

    public ICollection<StudyId> Studies => _studies.Keys;

    public int MostRunning { get; private set; }

    public int Submissions(StudyId study) => _submissions.GetValueOrDefault(study);

    public static StudyId StudyOf(EntryOrder order) =>
        new($"st-{order.Entry.Pseudonym}-{order.Entry.EntryHash[..4]}-{order.ProtocolDocument.Length}");

    public void Refuse(string pseudonym) =>
        _refusals[pseudonym] = new RefusalException("FILE-MISSING", "no file", "one", "look");

    public void Accept(string pseudonym) => _refusals.TryRemove(pseudonym, out _);

    public void End(StudyId study, StudyPhase phase) => _studies[study] = new StudyStanding(phase,
        phase == StudyPhase.Failed ? new WorkFailure(FailureClass.Application, "STAGE-FAILED", "said so") : null);

    public StudyPhase PhaseOf(StudyId study) => _studies[study].Phase;

    public void HoldFiling() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void ReleaseFiling() => _gate.TrySetResult();

    public async Task<FiledStudy> FileAsync(EntryOrder order)
    {
        await _gate.Task;
        if (_refusals.TryGetValue(order.Entry.Pseudonym, out var refusal)) throw refusal;
        return new FiledStudy(StudyOf(order), new StudySource("i", "b", "", ""));
    }

    public Task SubmitAsync(EntryOrder order, FiledStudy study)
    {
        Answer();
        if (IsInstant)
        {
            _studies[study.Study] = new StudyStanding(StudyPhase.Published, null);
            return Task.CompletedTask;
        }
        _submissions.AddOrUpdate(study.Study, 1, (_, times) => times + 1);
        _studies.AddOrUpdate(study.Study, new StudyStanding(StudyPhase.Running, null), (_, known) =>
            known.Phase == StudyPhase.Published ? known : new StudyStanding(StudyPhase.Running, null));
        lock (_studies)
            MostRunning = Math.Max(MostRunning, _studies.Values.Count(study => study.Phase == StudyPhase.Running));
        return Task.CompletedTask;
    }

    public Task<StudyStanding> LookAsync(StudyId study)
    {
        Answer();
        return Task.FromResult(_studies.GetValueOrDefault(study, new StudyStanding(StudyPhase.Unknown, null)));
    }

    public Task StopAsync(StudyId study)
    {
        Answer();
        if (_studies.TryGetValue(study, out var known) && known.Phase == StudyPhase.Running)
            _studies[study] = new StudyStanding(StudyPhase.Cancelled, null);
        return Task.CompletedTask;
    }

    public Task<int> WorkersAsync() => Task.FromResult(Workers);

    private void Answer()
    {
        if (IsSilent) throw new EntryDelayedException("CLUSTER-SILENT", "CLUSTER-SILENT: nobody answers.");
    }

    private static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }
}
