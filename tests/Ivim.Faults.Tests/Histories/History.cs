using System.Collections.Immutable;
using System.Text.Json;

namespace Ivim.Faults.Tests.Histories;

/// <summary>What every node wrote down, merged by time.</summary>
internal sealed record History(ImmutableArray<Fact> Facts)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static History Of(params IEnumerable<Fact> facts) => new([.. facts]);

    /// <summary>Reads `*.jsonl`. The last line of a node that was killed may be torn; any other must be whole.</summary>
    public static History Read(string folder)
    {
        if (!Directory.Exists(folder)) return new History([]);
        var facts = new List<Fact>();
        foreach (string file in Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal))
        {
            // An unfinished last line is what follows the last line feed.
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream);
            var lines = reader.ReadToEnd().Split('\n');
            foreach (string line in lines.SkipLast(1).Where(line => line.Length > 0))
                facts.Add(JsonSerializer.Deserialize<Fact>(line, Json)!);
        }
        return new History([.. facts.OrderBy(fact => fact.At)]);
    }

    public IEnumerable<Fact> OfKind(params IEnumerable<string> kinds) =>
        Facts.Where(fact => kinds.Contains(fact.Kind));

    public History OfStudy(string study) => new([.. Facts.Where(fact => fact.Study == study)]);

    public int Count(string kind) => Facts.Count(fact => fact.Kind == kind);

    /// <summary>Leases that their workers lost: by silence, or because the worker gave up.</summary>
    public int LeasesLost => Count(FactKinds.Expired);

    /// <summary>Every run of an item by a worker under one lease.</summary>
    public IEnumerable<ItemRun> Runs() => Facts
        .Where(fact => fact.Kind is FactKinds.Started or FactKinds.Resumed or FactKinds.Checkpointed or FactKinds.Ended)
        .Where(fact => fact is { Key: not null, Worker: not null })
        .GroupBy(fact => (fact.Worker, fact.Key, fact.Epoch))
        .Select(ItemRun.Of);
}
