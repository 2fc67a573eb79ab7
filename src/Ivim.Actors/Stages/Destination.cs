using System.Reflection;
using Ivim.Actors.Artifacts;
using Ivim.Imaging.Bids;

namespace Ivim.Actors.Stages;

/// <summary>The files of one study in its output folder.</summary>
public sealed class Destination
{
    private readonly string _root;
    private readonly BidsOutput _names;

    public Destination(StudyDossier dossier)
    {
        _root = dossier.Output;
        _names = new BidsOutput(BidsName.FromFile(dossier.Name + ".nii.gz")
            ?? throw new InvalidOperationException("a dossier without a BIDS name"));
    }

    public string Provenance => At(_names.Provenance);

    /// <param name="name">`D`, `D-std`, `rmse`, `mask` and so on, as in <see cref="Ivim.Domain.Studies.PublishedMap"/>.</param>
    public string Image(string name) => At(name switch
    {
        OutputMaps.Mask => _names.Mask,
        _ when name.EndsWith(OutputMaps.SpreadSuffix, StringComparison.Ordinal) =>
            _names.Map(name[..^OutputMaps.SpreadSuffix.Length], "std"),
        _ => _names.Map(name),
    });

    public static string SideCar(string image) => BidsOutput.SideCar(image);

    /// <summary>Every image that any protocol could have published here.</summary>
    public IEnumerable<string> AllImages() =>
        OutputMaps.All.SelectMany(map => new[] { map.Parameter, map.Parameter + OutputMaps.SpreadSuffix })
            .Append(OutputMaps.Mask).Select(Image);

    /// <summary>What makes the folder a dataset; a folder that is one already keeps its own.</summary>
    internal void WriteDatasetFiles()
    {
        var version = typeof(Destination).Assembly.GetName().Version!.ToString(3);
        WriteIfAbsent(DatasetDescription.FileName, DatasetDescription.ToJson(version));
        WriteIfAbsent(DatasetDescription.IgnoreFileName, DatasetDescription.BidsIgnore());
    }

    private void WriteIfAbsent(string name, byte[] bytes)
    {
        if (!File.Exists(At(name))) DurableFile.Write(At(name), bytes);
    }

    private string At(string relative) => Path.Combine(_root, relative.Replace('/', Path.DirectorySeparatorChar));
}
