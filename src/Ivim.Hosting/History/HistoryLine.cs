using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ivim.Actors.Work;

namespace Ivim.Hosting.History;

/// <summary>A fact as one line of JSON; what does not apply is left out.</summary>
public sealed record HistoryLine(string At, string Node, int Pid, string Fact)
{
    public string? Study { get; init; }

    public string? Item { get; init; }

    /// <summary>64 hexadecimal digits.</summary>
    public string? Key { get; init; }

    public string? Worker { get; init; }

    public long? Epoch { get; init; }

    public string? Hash { get; init; }

    public int? Steps { get; init; }

    public int? FromStep { get; init; }

    public string? Cause { get; init; }

    public string? Code { get; init; }

    public double? Fraction { get; init; }

    public int? Total { get; init; }

    /// <summary>No path gets in, whatever a cause may quote.</summary>
    public static string Of(WorkFact fact, DateTimeOffset at, string node, int process)
    {
        var time = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        return JsonSerializer.Serialize(new HistoryLine(time, node, process, fact.Fact)
        {
            Study = fact.Study?.Value,
            Item = fact.Item?.ToString(),
            Key = fact.Key?.Hex,
            Worker = fact.Worker,
            Epoch = fact.Epoch,
            Hash = fact.Hash,
            Steps = fact.Steps,
            FromStep = fact.FromStep,
            Cause = fact.Cause is null ? null : LogText.WithoutPaths(fact.Cause),
            Code = fact.Code,
            Fraction = fact.Fraction is { } fraction && double.IsFinite(fraction) ? fraction : null,
            Total = fact.Total,
        }, HistoryJson.Default.HistoryLine);
    }

    /// <summary>The fact of a line; null where it is none, as the half of a line that a full disk left.</summary>
    public static HistoryLine? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, HistoryJson.Default.HistoryLine);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HistoryLine))]
internal sealed partial class HistoryJson : JsonSerializerContext;
