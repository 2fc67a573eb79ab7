using Ivim.Learning;
using Ivim.Physics;

namespace Ivim.Actors.Stages;

/// <summary>Relative signals of some voxels: a slab with its halo, or the training sample of a study.</summary>
/// <param name="Signals">S(b) / reference, dimensionless, [voxels, b].</param>
/// <param name="CoreFirst">Index of the first voxel that the slab owns; its core is consecutive.</param>
/// <param name="CoreCount">How many it owns.</param>
internal sealed record SignalVoxels(BValueTable BValues, float[] Signals, int CoreFirst, int CoreCount)
{
    public int Count => Signals.Length / BValues.Count;

    /// <summary>[core voxels, b].</summary>
    public float[] CoreSignals =>
        Signals[(CoreFirst * BValues.Count)..((CoreFirst + CoreCount) * BValues.Count)];

    public NamedArrays ToArrays() => new([
        .. BValueArrays.Of(BValues),
        new NamedArray("core", new long[] { CoreFirst, CoreCount }, 2),
        new NamedArray("signals", Signals, Count, BValues.Count),
    ]);

    public static SignalVoxels From(NamedArrays arrays)
    {
        var core = arrays.Longs("core");
        return new SignalVoxels(BValueArrays.From(arrays), arrays.Floats("signals"), (int)core[0], (int)core[1]);
    }
}
