using Ivim.Actors.Artifacts;
using Ivim.Domain.Studies;

namespace Ivim.Hosting.Api.Events;

/// <summary>
/// Which studies are to be looked at next. One at its end costs a look only when it was submitted again, and now and
/// then: another look would only bring it back into memory.
/// </summary>
internal sealed class StudyRounds
{
    /// <summary>Of those at their end, so many are looked at in each round.</summary>
    private const int EndedEachRound = 10;

    /// <summary>A submission files its dossier before the study hears of it.</summary>
    private static readonly TimeSpan Attention = TimeSpan.FromSeconds(15);

    /// <summary>After so long without a round nothing that was seen counts.</summary>
    private static readonly TimeSpan Forgetting = TimeSpan.FromMinutes(1);

    private Dictionary<StudyId, Track> _tracks = [];
    private DateTimeOffset _roundAt;
    private int _ended;

    public IReadOnlySet<string> Names => _tracks.Keys.Select(study => study.Value).ToHashSet();

    /// <param name="submissions">All studies that count, in any order.</param>
    public IReadOnlyList<StudyId> Due(IReadOnlyList<StudySubmissionTime> submissions, DateTimeOffset now)
    {
        var before = now - _roundAt > Forgetting ? [] : _tracks;
        _roundAt = now;
        _tracks = submissions.ToDictionary(one => one.Study, one => before.GetValueOrDefault(one.Study) is { } track
            ? track.FiledAt == one.FiledAt ? track : track with { FiledAt = one.FiledAt, Until = now + Attention }
            : new Track(one.FiledAt, one.FiledAt + Attention, IsOpen: true));
        var ended = _tracks.Where(track => !track.Value.IsOpen && now >= track.Value.Until)
            .Select(track => track.Key).ToList();
        return [.. _tracks.Keys.Except(ended), .. Some(ended)];
    }

    public void Saw(StudyId study, bool isOpen) => _tracks[study] = _tracks[study] with { IsOpen = isOpen };

    /// <summary>The next few, round and round.</summary>
    private IEnumerable<StudyId> Some(List<StudyId> ended)
    {
        if (ended.Count == 0) return [];
        int first = _ended % ended.Count;
        _ended = first + EndedEachRound;
        return ended.Skip(first).Take(EndedEachRound);
    }

    /// <param name="Until">It is looked at in each round until then, however it stands.</param>
    private sealed record Track(DateTime FiledAt, DateTimeOffset Until, bool IsOpen);
}
