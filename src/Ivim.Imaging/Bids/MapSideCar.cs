using System.Text.Json.Nodes;

namespace Ivim.Imaging.Bids;

/// <summary>What the JSON beside a map says. Equal content gives equal bytes: no dates, no paths of this
/// machine.</summary>
public sealed record MapSideCar
{
    public required string Description { get; init; }

    /// <summary>`mm^2/s`, `1` for a fraction, `arbitrary` for scanner units.</summary>
    public required string Units { get; init; }

    /// <summary>One sentence on the model.</summary>
    public required string ModelDescription { get; init; }

    /// <summary>Method, bounds, ensemble size, protocol hash and the like, in the order to be written.</summary>
    public required JsonObject ModelParameters { get; init; }

    /// <summary>Relative to the dataset, for example `bids:raw:sub-01/dwi/sub-01_dwi.nii.gz`.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    public bool SkullStripped { get; init; }

    /// <exception cref="ArgumentException">A source is an absolute path, which would tell where the data were
    /// kept.</exception>
    public byte[] ToJson()
    {
        if (Sources.Any(source => source.StartsWith('/') || source.Contains('\\') || source.Split('/').Contains("..")
            || source.Contains(":/", StringComparison.Ordinal)))
            throw new ArgumentException("sources are relative to the dataset", nameof(Sources));
        return MapSideCarJson.Write(this);
    }
}

/// <summary>The field names of BIDS, which stay as they are whatever ours become.</summary>
internal static class MapSideCarJson
{
    public static byte[] Write(MapSideCar sideCar) => BidsJson.Bytes(new JsonObject
    {
        ["Description"] = sideCar.Description,
        ["Units"] = sideCar.Units,
        ["Model"] = new JsonObject
        {
            ["Description"] = sideCar.ModelDescription,
            ["Parameters"] = sideCar.ModelParameters.DeepClone(),
        },
        ["Sources"] = new JsonArray([.. sideCar.Sources.Select(source => JsonValue.Create(source))]),
        ["SkullStripped"] = sideCar.SkullStripped,
    });
}
