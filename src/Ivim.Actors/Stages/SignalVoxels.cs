using Ivim.Learning;
using Ivim.Physics;

namespace Ivim.Actors.Stages;

/// <summary>Relative signals of some voxels: a slab with its halo, or the training sample of a study.</summary>
/// <param name="Signals">S(b) / reference, dimensionless, [voxels, b].</param>
/// <param name="CoreFirst">Index of the first voxel that the slab owns; its core is consecutive.</param>
/// <param name="CoreCount">How many it owns.</param>
/// <param name="FirstInStudy">
/// Which voxel of the mask the first one of the core is, where its maps are cut out of a fit of the whole study; 0
/// elsewhere, so that a slab does not change with the mask of those before it.
/// </param>
internal sealed record SignalVoxels(
    BValueTable BValues, float[] Signals, int CoreFirst, int CoreCount, int FirstInStudy = 0)
{
    /// <summary>Where the voxels lie, x, y, z of each; empty where nothing that reads them asks for it.</summary>
    public long[] Positions { get; init; } = [];

    /// <summary>Noise of each voxel's raw volumes, relative; empty where nothing that reads them asks for it.</summary>
    public float[] Sigma { get; init; } = [];

    public int Count => Signals.Length / BValues.Count;

    /// <summary>[core voxels, b].</summary>
    public float[] CoreSignals =>
        Signals[(CoreFirst * BValues.Count)..((CoreFirst + CoreCount) * BValues.Count)];

    public NamedArrays ToArrays() => new([
        .. BValueArrays.Of(BValues),
        new NamedArray("core", new long[] { CoreFirst, CoreCount, FirstInStudy }, 3),
        new NamedArray("signals", Signals, Count, BValues.Count),
        .. Positions.Length == 0 ? Array.Empty<NamedArray>()
            : [new NamedArray("positions", Positions, Count, 3)],
        .. Sigma.Length == 0 ? Array.Empty<NamedArray>() : [new NamedArray("sigma", Sigma, Count)],
    ]);

    public static SignalVoxels From(NamedArrays arrays)
    {
        var core = arrays.Longs("core");
        return new SignalVoxels(
            BValueArrays.From(arrays), arrays.Floats("signals"), (int)core[0], (int)core[1], (int)core[2])
        {
            Positions = arrays.Has("positions") ? arrays.Longs("positions") : [],
            Sigma = arrays.Has("sigma") ? arrays.Floats("sigma") : [],
        };
    }
}
