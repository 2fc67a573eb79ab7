using Ivim.Physics.Noise;
using Ivim.Physics.Quantities;

namespace Ivim.Physics;

/// <summary>Draws random voxels with known truth; voxel v depends on the seed and v alone.</summary>
public static class VoxelSimulator
{
    private const ulong TruthPart = 1, NoisePart = 2;

    /// <exception cref="ArgumentException">
    /// The recipe's numbers are out of range, or it divides by a missing b = 0.
    /// </exception>
    public static SimulatedVoxels Simulate(VoxelRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentOutOfRangeException.ThrowIfNegative(recipe.Voxels);
        if (recipe.Noise != NoiseKind.None) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(recipe.SignalToNoise);
        if (recipe.DivideByB0 && !recipe.Table.HasZero)
            throw new ArgumentException("a table without b = 0 has nothing to divide by", nameof(recipe));
        var root = new RandomStream(recipe.Seed);
        var (truth, noise) = (root.Child(TruthPart), root.Child(NoisePart));
        var voxels = new SimulatedVoxels(recipe.Voxels, recipe.Table);
        for (int voxel = 0; voxel < recipe.Voxels; voxel++)
        {
            ulong draw = 3 * (ulong)voxel;
            voxels.D[voxel] = (float)truth.Uniform(draw, recipe.D.Lower, recipe.D.Upper);
            voxels.F[voxel] = (float)truth.Uniform(draw + 1, recipe.F.Lower, recipe.F.Upper);
            voxels.DStar[voxel] = (float)truth.Uniform(draw + 2, recipe.DStar.Lower, recipe.DStar.Upper);
            WriteSignals(recipe, voxels, voxel, noise);
        }
        return voxels;
    }

    private static void WriteSignals(VoxelRecipe recipe, SimulatedVoxels voxels, int voxel, RandomStream noise)
    {
        var tissue = IvimParameters.From(voxels.D[voxel], voxels.F[voxel], voxels.DStar[voxel]);
        int count = recipe.Table.Count;
        var row = voxels.Signals.AsSpan(voxel * count, count);
        double reference = 1;
        for (int i = 0; i < count; i++)
        {
            double sigma = 1 / (recipe.SignalToNoise * Math.Sqrt(recipe.Table.Averages[i]));
            var model = new NoiseModel(recipe.Noise, recipe.Noise == NoiseKind.None ? 0 : sigma, noise);
            var b = BValue.FromSecondsPerMm2(recipe.Table.SecondsPerMm2[i]);
            double signal = model.Apply(IvimSignal.At(tissue, b), (ulong)(voxel * (long)count + i));
            if (i == 0 && recipe.DivideByB0) reference = signal;
            row[i] = (float)(signal / reference);
        }
    }
}

/// <summary>Signals and the truth behind them; the true S0 is 1.</summary>
public sealed class SimulatedVoxels
{
    internal SimulatedVoxels(int voxels, BValueTable table)
    {
        Table = table;
        (D, F, DStar) = (new float[voxels], new float[voxels], new float[voxels]);
        Signals = new float[voxels * table.Count];
    }

    public BValueTable Table { get; }

    /// <summary>mm²/s, length V.</summary>
    public float[] D { get; }

    public float[] F { get; }

    /// <summary>mm²/s, length V.</summary>
    public float[] DStar { get; }

    /// <summary>[voxels, bvalues], relative to S0, or to the noisy signal at b = 0.</summary>
    public float[] Signals { get; }
}
