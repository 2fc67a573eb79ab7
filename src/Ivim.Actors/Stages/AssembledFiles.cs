using System.Text.Json;
using System.Text.Json.Nodes;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Imaging.Bids;
using Ivim.Imaging.Nifti;
using Ivim.Imaging.Volumes;

namespace Ivim.Actors.Stages;

/// <summary>
/// The output files of a study as artifacts: images, side-cars, provenance and an index of their voxel hashes.
/// </summary>
internal sealed class AssembledFiles(StageContext context, StudyFrame frame)
{
    public const string ImageEnding = ".nii.gz";
    public const string SideCarEnding = ".json";
    public const string Provenance = "provenance.json";
    public const string IndexName = "index.json";

    private readonly List<NamedArtifact> _outputs = [];
    private readonly List<VoxelEntry> _index = [];

    public IEnumerable<NamedArtifact> Outputs =>
        _outputs.Append(Put(IndexName, JsonSerializer.SerializeToUtf8Bytes(_index)));

    /// <param name="values">One value per voxel of the mask; outside the mask the image is 0.</param>
    public void AddMap(string name, float[] values, MapText text)
    {
        var voxels = new float[frame.Shape.VoxelsPerVolume];
        for (int i = 0; i < values.Length; i++) voxels[frame.Voxels[i]] = values[i];
        using var image = new MemoryStream();
        NiftiWriter.Write(image, frame.Header, frame.Shape, voxels);
        AddImage(name, image.ToArray(), VoxelHash.Of(voxels), voxels.LongLength * sizeof(float), text);
    }

    public void AddMask() => AddMask(
        OutputMaps.Mask, [.. frame.Voxels.Select(_ => true)], new MapText("1", "Voxels that were mapped"));

    /// <param name="inside">One value per voxel of the mask; outside the mask the image is 0.</param>
    public void AddMask(string name, bool[] inside, MapText text)
    {
        var voxels = new byte[frame.Shape.VoxelsPerVolume];
        for (int i = 0; i < inside.Length; i++) voxels[frame.Voxels[i]] = inside[i] ? (byte)1 : (byte)0;
        using var image = new MemoryStream();
        NiftiWriter.Write(image, frame.Header, frame.Shape, voxels);
        AddImage(name, image.ToArray(), VoxelHash.Of(Array.ConvertAll(voxels, value => (float)value)),
            voxels.LongLength * sizeof(float), text);
    }

    public void AddProvenance() =>
        _outputs.Add(Put(Provenance, BidsJson.Bytes(ProvenanceDocument.Of(context, frame, _index))));

    public static IReadOnlyList<VoxelEntry> ReadIndex(byte[] json) =>
        JsonSerializer.Deserialize<List<VoxelEntry>>(json) ?? throw new InvalidDataException("an empty index");

    private void AddImage(string name, byte[] image, string voxelSha256, long voxelBytes, MapText text)
    {
        var sideCar = new MapSideCar
        {
            Description = text.Description,
            Units = text.Units,
            ModelDescription = "Intravoxel incoherent motion: S(b) = S0 [f exp(-b D*) + (1 - f) exp(-b D)]",
            ModelParameters = Parameters(),
        };
        _outputs.Add(Put(name + ImageEnding, image));
        _outputs.Add(Put(name + SideCarEnding, sideCar.ToJson()));
        _index.Add(new VoxelEntry(name, voxelSha256, voxelBytes));
    }

    private JsonObject Parameters() => new()
    {
        ["FitMethod"] = context.Protocol.Method,
        ["Samples"] = context.Protocol.MemberCount,
        ["Seed"] = context.Protocol.Seed,
        ["ProtocolId"] = context.Item.Protocol.Sha256,
        ["NumericClass"] = context.Item.NumericClass,
        ["BValues"] = new JsonArray([.. frame.BValues.SecondsPerMm2.Select(b => (JsonNode)b)]),
        ["Averages"] = new JsonArray([.. frame.BValues.Averages.Select(n => (JsonNode)n)]),
        ["ReferenceBValue"] = frame.ReferenceBSecondsPerMm2,
        ["Bounds"] = new JsonObject
        {
            ["D"] = Interval(context.Protocol.Bounds.D),
            ["f"] = Interval(context.Protocol.Bounds.F),
            ["Dstar"] = Interval(context.Protocol.Bounds.DStar),
            ["S0relative"] = Interval(context.Protocol.Bounds.S0),
        },
    };

    private static JsonArray Interval(Interval interval) => new(interval.Lower, interval.Upper);

    private NamedArtifact Put(string name, byte[] bytes) => new(name, context.Store.Put(bytes));
}

/// <param name="Sha256">Of the voxels as little-endian float32, lower-case hexadecimal.</param>
internal sealed record VoxelEntry(string Name, string Sha256, long Bytes);
