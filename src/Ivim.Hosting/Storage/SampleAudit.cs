using Ivim.Actors.Artifacts;
using Ivim.Actors.Planning;
using Ivim.Physics;

namespace Ivim.Hosting.Storage;

/// <summary>A random sample of results, computed again.</summary>
public static class SampleAudit
{
    /// <param name="count">At most so many; fewer where fewer are of this machine's numeric class.</param>
    public static SampleReport Run(IReadOnlyList<CountedResult> counted, SecondMaking again, int count, ulong seed,
        CancellationToken cancellation)
    {
        CountedResult[] ours = [.. counted.Where(result => result.Item.NumericClass == again.NumericClass)];
        var findings = new List<StoreFinding>();
        var skipped = new List<string>();
        int equal = 0;
        foreach (int index in new RandomStream(seed).Permutation(ours.Length))
        {
            if (equal + findings.Count + skipped.Count == count) break;
            var (item, result, dossier) = ours[index];
            var (isEqual, reason) = again.Compare(item, result, dossier, cancellation);
            if (isEqual is null) skipped.Add($"{item.Name} of {item.Study}: {reason}");
            else if (isEqual.Value) equal++;
            else findings.Add(new StoreFinding("FSCK-BITS-DIFFER", $"{item.Name} of {item.Study}, result {item.Key}",
                "computed again it has other bits", "see HASH-MISMATCH"));
        }
        return new SampleReport(equal, findings, skipped, counted.Count - ours.Length);
    }
}

/// <param name="Equal">Computed again with the same bits.</param>
/// <param name="Skipped">Chosen, but not computed, with the reason.</param>
/// <param name="NotComparable">Results of another numeric class, of which nothing was learnt.</param>
public sealed record SampleReport(
    int Equal, IReadOnlyList<StoreFinding> Findings, IReadOnlyList<string> Skipped, int NotComparable);
