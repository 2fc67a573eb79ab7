using System.Collections.Immutable;
using System.Text.Json;
using Ivim.Actors.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Imaging.Bids;
using Ivim.Imaging.Nifti;
using Ivim.Imaging.Volumes;
using Ivim.Physics;

namespace Ivim.Actors.Stages;

/// <summary>The files of one study in its output folder.</summary>
public sealed class Destination
{
    private const string PolishedSpread = OutputMaps.PolishedSuffix + OutputMaps.SpreadSuffix;

    private readonly string _root;
    private readonly BidsOutput _names;

    public Destination(StudyDossier dossier)
    {
        _root = dossier.Output;
        _names = new BidsOutput(BidsName.FromFile(dossier.Name + ".nii.gz")
            ?? throw new InvalidOperationException("a dossier without a BIDS name"));
    }

    public string Provenance => At(_names.Provenance);

    /// <summary>The page that tells of the maps; no map depends on it, and no hash is of it.</summary>
    public string Report => At(_names.Report);

    /// <summary>Hidden, and there only while a study publishes.</summary>
    internal string Claim => Path.Combine(
        Path.GetDirectoryName(Provenance)!, "." + Path.GetFileNameWithoutExtension(Provenance) + ".claim");

    /// <param name="name">`D`, `D-std`, `rmse`, `mask` and so on, as in <see cref="PublishedMap"/>.</param>
    public string Image(string name) => At(name switch
    {
        OutputMaps.Mask => _names.Mask,
        OutputMaps.Reliable => _names.Reliable,
        _ when name.EndsWith(PolishedSpread, StringComparison.Ordinal) =>
            _names.Map(name[..^PolishedSpread.Length], "polishedstd"),
        _ when name.EndsWith(OutputMaps.PolishedSuffix, StringComparison.Ordinal) =>
            _names.Map(name[..^OutputMaps.PolishedSuffix.Length], "polished"),
        _ when name.EndsWith(OutputMaps.SpreadSuffix, StringComparison.Ordinal) =>
            _names.Map(name[..^OutputMaps.SpreadSuffix.Length], "std"),
        _ => _names.Map(name),
    });

    public static string SideCar(string image) => BidsOutput.SideCar(image);

    /// <summary>
    /// Whether every map is here, reads back with its voxels, and the provenance names these very hashes.
    /// </summary>
    public bool Holds(ImmutableArray<PublishedMap> maps) =>
        Lists(maps) && maps.All(map => VoxelsOf(Image(map.Parameter)) == map.VoxelSha256);

    /// <summary>The same by the names of the files and by the provenance: no voxel is read.</summary>
    public bool Lists(ImmutableArray<PublishedMap> maps) =>
        !maps.IsEmpty && IsDataset && ProvenanceNames(maps) && maps.All(map => HasImage(map.Parameter));

    /// <summary>Whether this very provenance is published here.</summary>
    internal bool Is(byte[] provenance) =>
        File.Exists(Provenance) && File.ReadAllBytes(Provenance).AsSpan().SequenceEqual(provenance);

    /// <summary>
    /// Maps of another scan under the same name are not ours to replace; another protocol's of the same scan are.
    /// </summary>
    /// <param name="image">The hash of the scan that is to be published here.</param>
    /// <exception cref="RefusalException">OUTPUT-TAKEN.</exception>
    public void RequireFreeFor(string image)
    {
        if (!File.Exists(Provenance)) return;
        if (SourceImage(File.ReadAllBytes(Provenance)) is { } theirs && theirs != image)
            throw new RefusalException("OUTPUT-TAKEN",
                "maps of another scan under the same subject in the output folder",
                "a subject label of its own for every scan", "name one with --subject, or choose another --out");
    }

    /// <summary>The hash of the scan that a provenance is about; null if it is none of ours.</summary>
    internal static string? SourceImage(byte[] provenance)
    {
        try
        {
            using var document = JsonDocument.Parse(provenance);
            return document.RootElement.GetProperty("source").GetProperty("image").GetString();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Every image that any protocol could have published here.</summary>
    public IEnumerable<string> AllImages() =>
        OutputMaps.All.SelectMany(map => new[]
            {
                map.Parameter, map.Parameter + OutputMaps.SpreadSuffix, map.Parameter + OutputMaps.PolishedSuffix,
                map.Parameter + PolishedSpread,
            })
            .Append(OutputMaps.Mask).Append(OutputMaps.Reliable).Select(Image);

    /// <summary>Takes away what a publication left behind that was killed; none may be under way.</summary>
    public void RemoveUnfinished()
    {
        var finished = AllImages().SelectMany(image => new[] { image, SideCar(image) }).Append(Provenance)
            .Append(Report).Append(Claim).Concat(DatasetFiles.Select(At));
        foreach (var unfinished in finished.SelectMany(DurableFile.Unfinished).ToList()) DurableFile.Delete(unfinished);
        DurableFile.Delete(Claim);
    }

    private static IEnumerable<string> DatasetFiles => [DatasetDescription.FileName, DatasetDescription.IgnoreFileName];

    private bool IsDataset => DatasetFiles.All(name => File.Exists(At(name)));

    /// <summary>What makes the folder a dataset; a folder that is one already keeps its own.</summary>
    internal void WriteDatasetFiles()
    {
        var version = typeof(Destination).Assembly.GetName().Version!.ToString(3);
        WriteIfAbsent(DatasetDescription.FileName, DatasetDescription.ToJson(version));
        WriteIfAbsent(DatasetDescription.IgnoreFileName, DatasetDescription.BidsIgnore());
    }

    private bool HasImage(string parameter) =>
        Image(parameter) is var image && File.Exists(image) && File.Exists(SideCar(image));

    private bool ProvenanceNames(ImmutableArray<PublishedMap> maps)
    {
        if (!File.Exists(Provenance)) return false;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Provenance));
            var hashes = document.RootElement.GetProperty("voxelSha256");
            return maps.All(map => hashes.GetProperty(map.Parameter).GetString() == map.VoxelSha256);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string? VoxelsOf(string image)
    {
        try
        {
            return VoxelHash.Of(NiftiFile.Read(image).Voxels);
        }
        catch (RefusalException)
        {
            return null;
        }
    }

    private void WriteIfAbsent(string name, byte[] bytes)
    {
        if (!File.Exists(At(name))) DurableFile.Write(At(name), bytes);
    }

    private string At(string relative) => Path.Combine(_root, relative.Replace('/', Path.DirectorySeparatorChar));
}
