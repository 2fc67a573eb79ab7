using System.Globalization;
using System.Security.Cryptography;

namespace Ivim.Hosting.Api.Events;

/// <summary>
/// The last view of each study and cohort, numbered in the order in which they changed. Safe for many threads.
/// </summary>
internal sealed class LatestViews
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Type, string Name), Entry> _entries = [];

    /// <summary>Another server, or this one after a restart, numbers otherwise.</summary>
    private readonly string _life = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));

    private long _changes;

    public void Put(StudyView view) => Put((ServerEvent.Study, view.Study), ServerEvent.SumOf(view), view);

    public void Put(CohortView view) => Put((ServerEvent.Cohort, view.Name), ServerEvent.SumOf(view), view);

    /// <summary>Whatever is of a study that is not listed any more is forgotten.</summary>
    public void KeepStudies(IReadOnlySet<string> names)
    {
        lock (_gate)
        {
            foreach (var gone in _entries.Keys.Where(key => key.Type == ServerEvent.Study && !names.Contains(key.Name))
                .ToList()) _entries.Remove(gone);
        }
    }

    /// <summary>What has changed since, each once, the oldest change first.</summary>
    /// <param name="id">Of the last event that is known; all that there is where it is not of this life.</param>
    public IReadOnlyList<ServerEvent> Since(string? id)
    {
        long known = NumberOf(id);
        lock (_gate)
        {
            return [.. _entries.Where(entry => entry.Value.Number > known).OrderBy(entry => entry.Value.Number)
                .Select(entry => new ServerEvent(entry.Key.Type, IdOf(entry.Value.Number), entry.Value.View))];
        }
    }

    private void Put((string Type, string Name) key, string sum, object view)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var before) && before.Sum == sum) return;
            _entries[key] = new Entry(++_changes, sum, view);
        }
    }

    private string IdOf(long number) => string.Create(CultureInfo.InvariantCulture, $"{_life}-{number}");

    private long NumberOf(string? id) => id is not null && id.StartsWith(_life + "-", StringComparison.Ordinal)
        && long.TryParse(id.AsSpan(_life.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
        ? number : 0;

    private sealed record Entry(long Number, string Sum, object View);
}
