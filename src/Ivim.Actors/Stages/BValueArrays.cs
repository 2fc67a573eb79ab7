using Ivim.Learning;
using Ivim.Physics;

namespace Ivim.Actors.Stages;

/// <summary>A b-value table as arrays of an artifact.</summary>
internal static class BValueArrays
{
    public static IEnumerable<NamedArray> Of(BValueTable table) =>
    [
        new NamedArray("b", table.SecondsPerMm2.ToArray(), table.Count),
        new NamedArray("averages", table.Averages.Select(n => (long)n).ToArray(), table.Count),
    ];

    public static BValueTable From(NamedArrays arrays) =>
        new(arrays.Doubles("b"), arrays.Longs("averages").Select(n => (int)n));
}
