using Ivim.Physics.Noise;
using Ivim.Physics.Quantities;

namespace Ivim.Physics.Phantoms;

/// <summary>Fills a phantom slice by slice; every voxel depends on the recipe and its own index alone.</summary>
internal sealed class PhantomPainter
{
    private const ulong VariationPart = 1, ShadingPart = 2, RandomTissuePart = 3, NoisePart = 4, PhasePart = 5;

    // Largest relative variation inside a region; our choice, see docs/physics.md.
    private static readonly double[] Variation = [0.12, 0.15, 0.20];   // D, f, D*

    private readonly Phantom _phantom;
    private readonly SmoothField[] _variation;   // [tissues, 3]
    private readonly SmoothField _shading;
    private readonly RandomStream _randomTissue;
    private readonly NoiseModel _noise;
    private readonly CoilArray _coils;

    // The same ranges as the random voxels without a grid.
    private readonly VoxelRecipe _ranges = new() { Voxels = 0, Table = new BValueTable([0]), Seed = 0 };

    public PhantomPainter(Phantom phantom)
    {
        _phantom = phantom;
        var recipe = phantom.Recipe;
        var root = new RandomStream(recipe.Seed);
        var variation = root.Child(VariationPart);
        _variation = [.. Enumerable.Range(0, 3 * phantom.RegionNames.Count)
            .Select(i => new SmoothField(variation.Child((ulong)i)))];
        _shading = new SmoothField(root.Child(ShadingPart));
        _randomTissue = root.Child(RandomTissuePart);
        // k-space adds its own.
        var kind = recipe.KSpace is null ? recipe.Noise : NoiseKind.None;
        _noise = new NoiseModel(kind, recipe.Sigma, NoiseStream);
        _coils = new CoilArray(recipe.KSpace?.Coils ?? 1);
    }

    private RandomStream NoiseStream =>
        new RandomStream(_phantom.Recipe.Seed).Child(NoisePart).Child(_phantom.Recipe.Realisation);

    /// <summary>For a recipe with k-space.</summary>
    public KSpaceAcquisition Acquisition() => new(_phantom.Recipe, _phantom.Recipe.KSpace!,
        new RandomStream(_phantom.Recipe.Seed).Child(PhasePart), NoiseStream);

    public void PaintSlice(int z)
    {
        var recipe = _phantom.Recipe;
        double upward = PhantomLayout.Centre(z, recipe.Depth);
        int voxel = z * recipe.Width * recipe.Height;
        for (int y = 0; y < recipe.Height; y++)
        {
            for (int x = 0; x < recipe.Width; x++, voxel++)
            {
                Paint(voxel, PhantomLayout.Centre(x, recipe.Width), PhantomLayout.Centre(y, recipe.Height), upward);
            }
        }
    }

    private void Paint(int voxel, double x, double y, double z)
    {
        int label = _phantom.Labels[voxel];
        var tissue = label == 0 ? default : Tissue(label, voxel, x, y, z);
        double shade = 1 + _phantom.Recipe.CoilShading * _shading.At(x, y, z);
        double s0 = tissue.S0.ArbitraryUnits * PhantomRecipe.NominalS0 * shade;
        tissue = tissue with { S0 = SignalIntensity.FromArbitraryUnits(s0) };
        _phantom.D[voxel] = (float)tissue.D.Mm2PerSecond;
        _phantom.F[voxel] = (float)tissue.F.Fraction;
        _phantom.DStar[voxel] = (float)tissue.DStar.Mm2PerSecond;
        _phantom.S0[voxel] = (float)(s0 * _coils.Combined(x, y));
        var bValues = _phantom.Recipe.BSecondsPerMm2;
        for (int i = 0; i < bValues.Count; i++)
        {
            long sample = (long)i * _phantom.Voxels + voxel;
            double signal = IvimSignal.At(tissue, BValue.FromSecondsPerMm2(bValues[i]));
            _phantom.Signals[sample] = (float)_noise.Apply(signal, (ulong)sample);
        }
    }

    private IvimParameters Tissue(int label, int voxel, double x, double y, double z)
    {
        if (_phantom.Recipe.Kind == PhantomKind.Random) return RandomTissue((ulong)voxel);
        var tissue = _phantom.Recipe.Tissues.Tissues[label - 1].Parameters;
        if (_phantom.Recipe.Kind == PhantomKind.Piecewise) return tissue;
        return IvimParameters.From(
            tissue.D.Mm2PerSecond * Factor(label, 0, x, y, z),
            tissue.F.Fraction * Factor(label, 1, x, y, z),
            tissue.DStar.Mm2PerSecond * Factor(label, 2, x, y, z),
            tissue.S0.ArbitraryUnits);
    }

    private double Factor(int label, int parameter, double x, double y, double z) =>
        1 + Variation[parameter] * _variation[3 * label + parameter].At(x, y, z);

    private IvimParameters RandomTissue(ulong voxel) => IvimParameters.From(
        _randomTissue.Uniform(3 * voxel, _ranges.D.Lower, _ranges.D.Upper),
        _randomTissue.Uniform(3 * voxel + 1, _ranges.F.Lower, _ranges.F.Upper),
        _randomTissue.Uniform(3 * voxel + 2, _ranges.DStar.Lower, _ranges.DStar.Upper));
}
