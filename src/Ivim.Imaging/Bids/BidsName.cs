using System.Collections.Immutable;
using Ivim.Imaging.Nifti;

namespace Ivim.Imaging.Bids;

/// <summary>The entities of a BIDS file name: sub-01_ses-2_acq-ivim_run-1_dwi.nii.gz.</summary>
public sealed record BidsName
{
    private BidsName(ImmutableArray<(string Key, string Label)> entities, string suffix) =>
        (Entities, Suffix) = (entities, suffix);

    /// <summary>Key and label in the order of the name; the first is `sub`.</summary>
    public ImmutableArray<(string Key, string Label)> Entities { get; }

    /// <summary>The last word, for example `dwi`.</summary>
    public string Suffix { get; }

    public string Subject => Entities[0].Label;

    public string? Session => Label("ses");

    public string? Label(string key) =>
        Entities.Where(entity => entity.Key == key).Select(entity => entity.Label).FirstOrDefault();

    /// <summary>Reads a path's last part; null if it is no BIDS name.</summary>
    public static BidsName? FromFile(string path)
    {
        string name = Path.GetFileName(path);
        string? stem = NiftiPaths.Stem(name);
        if (stem is null) return null;
        string[] words = stem.Split('_');
        if (words.Length < 2 || !BidsLabel.IsValid(words[^1])) return null;
        var entities = words[..^1].Select(word => word.Split('-')).ToList();
        bool proper = entities.TrueForAll(pair => pair.Length == 2 && BidsLabel.IsValid(pair[0])
            && BidsLabel.IsValid(pair[1]))
            && entities[0][0] == "sub"
            && entities.DistinctBy(pair => pair[0]).Count() == entities.Count;
        return proper ? new BidsName([.. entities.Select(pair => (pair[0], pair[1]))], words[^1]) : null;
    }

    /// <summary>A name for input that has none: its subject is made of the letters and digits given.</summary>
    public static BidsName ForSubject(string anything) => new([("sub", BidsLabel.Sanitise(anything))], "dwi");

    public bool Equals(BidsName? other) =>
        other is not null && Suffix == other.Suffix && Entities.SequenceEqual(other.Entities);

    public override int GetHashCode() => HashCode.Combine(Suffix, Subject, Entities.Length);

    public override string ToString() =>
        string.Join('_', Entities.Select(entity => $"{entity.Key}-{entity.Label}").Append(Suffix));
}
