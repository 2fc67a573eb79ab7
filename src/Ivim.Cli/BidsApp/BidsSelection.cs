using System.Collections.Immutable;
using Ivim.Imaging.Bids;
using Ivim.Physics;

namespace Ivim.Cli.BidsApp;

/// <summary>Which series of a dataset are wanted; an empty list takes all.</summary>
/// <param name="Participants">Labels, with or without `sub-`.</param>
/// <param name="Sessions">Labels, with or without `ses-`.</param>
/// <param name="Entities">`KEY-LABEL`, all of which a name must have.</param>
internal sealed record BidsSelection(
    IReadOnlyList<string> Participants, IReadOnlyList<string> Sessions, IReadOnlyList<string> Entities)
{
    /// <exception cref="RefusalException">BIDS-NOTHING-SELECTED: also where one of several participants has no
    /// series.</exception>
    public ImmutableArray<BidsSeries> Of(string root)
    {
        if (!Directory.Exists(root))
            throw new RefusalException("FILE-MISSING", "no dataset", "a BIDS dataset", "check the path");
        var all = BidsDataset.Find(root);
        var chosen = all.Where(IsWanted).ToImmutableArray();
        bool lacksOne = Labels(Participants, "sub-").Any(label => chosen.All(one => one.Name.Subject != label));
        if (chosen.IsEmpty || lacksOne)
            throw new RefusalException("BIDS-NOTHING-SELECTED",
                $"{all.Length} diffusion series, and none for what was selected",
                "sub-*/[ses-*/]dwi/*_dwi.nii[.gz] for every participant named", "check the labels");
        return chosen;
    }

    private bool IsWanted(BidsSeries series) =>
        (Participants.Count == 0 || Labels(Participants, "sub-").Contains(series.Name.Subject))
        && (Sessions.Count == 0 || (series.Name.Session is { } session && Labels(Sessions, "ses-").Contains(session)))
        && Entities.All(entity => series.Name.Entities.Any(pair => $"{pair.Key}-{pair.Label}" == entity));

    private static IEnumerable<string> Labels(IReadOnlyList<string> said, string prefix) =>
        said.Select(label => label.StartsWith(prefix, StringComparison.Ordinal) ? label[prefix.Length..] : label);
}
