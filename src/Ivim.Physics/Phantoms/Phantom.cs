namespace Ivim.Physics.Phantoms;

/// <summary>A simulated study: labels, true maps and acquired volumes on one grid, x fastest, then y, then z.</summary>
public sealed class Phantom
{
    internal Phantom(PhantomRecipe recipe, byte[] labels, IReadOnlyList<string> regionNames)
    {
        (Recipe, Labels, RegionNames) = (recipe, labels, regionNames);
        (D, F, DStar, S0) =
            (new float[Voxels], new float[Voxels], new float[Voxels], new float[Voxels]);
        Signals = new float[Voxels * recipe.BSecondsPerMm2.Count];
    }

    public PhantomRecipe Recipe { get; }

    public int Voxels => Labels.Length;

    /// <summary>Region of every voxel, an index into <see cref="RegionNames"/>; 0 is the background.</summary>
    public byte[] Labels { get; }

    /// <summary>Names by label, the background first.</summary>
    public IReadOnlyList<string> RegionNames { get; }

    /// <summary>True D, mm²/s, 0 in the background.</summary>
    public float[] D { get; }

    public float[] F { get; }

    /// <summary>True D*, mm²/s, 0 in the background.</summary>
    public float[] DStar { get; }

    /// <summary>True S0 with shading, in the unit of the signals.</summary>
    public float[] S0 { get; }

    /// <summary>What estimates are compared with if the images went through k-space, null otherwise: then it is the
    /// true maps.</summary>
    public AcquisitionReference? Reference { get; private set; }

    /// <summary>[bvalues, voxels] in the order of the recipe's b-values, as a 4-D image file wants them.</summary>
    public float[] Signals { get; }

    /// <summary>One acquired volume.</summary>
    public ReadOnlySpan<float> Volume(int bIndex) => Signals.AsSpan(bIndex * Voxels, Voxels);

    /// <summary>Makes the phantom; the same bits for any number of threads.</summary>
    /// <exception cref="RefusalException">PHANTOM-RECIPE: a number of the recipe is outside its range.</exception>
    public static Phantom Make(PhantomRecipe recipe, int degreeOfParallelism = 1)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        recipe.Check();
        string[] regions = recipe.Kind == PhantomKind.Random
            ? ["random voxels"]
            : [.. recipe.Tissues.Tissues.Select(tissue => tissue.Name)];
        var phantom = new Phantom(recipe, PhantomLayout.Labels(recipe), ["background", .. regions]);
        var painter = new PhantomPainter(phantom);
        var threads = new ParallelOptions { MaxDegreeOfParallelism = degreeOfParallelism };
        Parallel.For(0, recipe.Depth, threads, painter.PaintSlice);
        if (recipe.KSpace is not null) phantom.Acquire(painter, threads);
        return phantom;
    }

    private void Acquire(PhantomPainter painter, ParallelOptions threads)
    {
        var withoutNoise = new float[Signals.Length];
        var acquisition = painter.Acquisition();
        Parallel.For(0, Recipe.Depth, threads, z => acquisition.AcquireSlice(z, Signals, withoutNoise));
        Reference = AcquisitionReference.Of(this, withoutNoise, threads.MaxDegreeOfParallelism);
    }
}
