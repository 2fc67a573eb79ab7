using System.Collections.Immutable;
using System.Text.Json;

namespace Ivim.Faults.Tests.Histories;

/// <summary>What every node wrote down, merged by time.</summary>
internal sealed record History(ImmutableArray<Fact> Facts)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static History Of(params IEnumerable<Fact> facts) => new([.. facts]);

    /// <summary>Reads `*.jsonl`. A line that a kill or a full disk left half is left out.</summary>
    public static History Read(string folder)
    {
        if (!Directory.Exists(folder)) return new History([]);
        var facts = new List<Fact>();
        foreach (string file in Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream);
            facts.AddRange(reader.ReadToEnd().Split('\n').Select(FactOf).OfType<Fact>());
        }
        return new History([.. facts.OrderBy(fact => fact.At)]);
    }

    private static Fact? FactOf(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize<Fact>(line, Json);
        }
        catch (JsonException)
        {
            return null;
        }
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
