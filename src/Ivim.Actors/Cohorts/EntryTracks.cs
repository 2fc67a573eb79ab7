using Ivim.Domain.Cohorts;
using Ivim.Domain.Studies;

namespace Ivim.Actors.Cohorts;

/// <summary>What a cohort remembers of the entries in flight without writing it down: a restart asks anew.</summary>
internal sealed class EntryTracks
{
    private readonly Dictionary<int, Track> _tracks = [];
    private readonly Dictionary<StudyId, int> _studies = [];

    /// <summary>Errands that are under way.</summary>
    public int Errands { get; private set; }

    public IEnumerable<(int Entry, string Code, string Message)> HeldUp => _tracks
        .Where(track => track.Value.Code.Length > 0).OrderBy(track => track.Key)
        .Select(track => (track.Key, track.Value.Code, track.Value.Message));

    public int? EntryOf(StudyId study) => _studies.TryGetValue(study, out int entry) ? entry : null;

    public void Follow(int number, CohortEntryState entry)
    {
        var track = TrackOf(number);
        if (track.Turn != entry.Turn)
            _tracks[number] = new Track { Turn = entry.Turn, IsBusy = track.IsBusy };
        if (entry.HasStudy) _studies[entry.Study] = number;
    }

    /// <returns>Whether no errand was under way; now one is.</returns>
    public bool Begin(int number, CohortEntryState entry)
    {
        Follow(number, entry);
        var track = TrackOf(number);
        if (track.IsBusy) return false;
        (track.IsBusy, track.StepOf) = (true, Step(number, entry));
        Errands++;
        return true;
    }

    public void End(int number)
    {
        if (!TrackOf(number).IsBusy) return;
        TrackOf(number).IsBusy = false;
        Errands--;
    }

    /// <summary>Only of the present admission: another one has a track of its own.</summary>
    public void Remember(ErrandDone done)
    {
        var track = TrackOf(done.Entry);
        if (track.Turn != done.Turn) return;
        (track.Code, track.Message) = done.End switch
        {
            ErrandEnd.Delayed delayed => (delayed.Code, delayed.Message),
            ErrandEnd.Seen { Standing: { Phase: StudyPhase.Running, Failure: { } failure } } =>
                (failure.Code, failure.Message),
            _ => ("", ""),
        };
        if (done.End is ErrandEnd.Filed filed) track.Filed = filed.Study;
        if (done.End is ErrandEnd.Submitted) track.IsSubmitted = true;
        // Somebody else has taken it out of the journal's sight, or it never came there.
        if (done.End is ErrandEnd.Seen { Standing.Phase: StudyPhase.Unknown }) track.IsSubmitted = false;
    }

    public bool IsSubmitted(int number) => TrackOf(number).IsSubmitted;

    public FiledStudy? FiledOf(int number) => TrackOf(number).Filed;

    /// <summary>Whether something else is to be done for the entry than what was done last; a look can wait.</summary>
    public bool NeedsStep(int number, CohortEntryState entry)
    {
        if (!entry.IsInFlight) return false;
        Follow(number, entry);
        var track = TrackOf(number);
        return !track.IsBusy && track.StepOf != Step(number, entry);
    }

    /// <summary>Whatever is in flight no more is forgotten.</summary>
    public void KeepOnly(IReadOnlyCollection<int> inFlight)
    {
        var kept = inFlight.ToHashSet();
        foreach (var (number, track) in _tracks.Where(track => !kept.Contains(track.Key)).ToList())
            if (!track.IsBusy) _tracks.Remove(number);
        foreach (var (study, number) in _studies.Where(study => !kept.Contains(study.Value)).ToList())
            _studies.Remove(study);
    }

    private (CohortEntryPhase, bool HasStudy, bool IsSubmitted) Step(int number, CohortEntryState entry) =>
        (entry.Phase, entry.HasStudy, TrackOf(number).IsSubmitted);

    private Track TrackOf(int number)
    {
        if (!_tracks.TryGetValue(number, out var track)) _tracks[number] = track = new Track();
        return track;
    }

    private sealed class Track
    {
        public long Turn { get; init; } = -1;

        public bool IsBusy { get; set; }

        public (CohortEntryPhase, bool, bool) StepOf { get; set; }

        public FiledStudy? Filed { get; set; }

        public bool IsSubmitted { get; set; }

        public string Code { get; set; } = "";

        public string Message { get; set; } = "";
    }
}
