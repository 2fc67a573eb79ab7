using Ivim.Physics.Fits;
using Ivim.Physics.Noise;
using Ivim.Physics.Phantoms;
using Ivim.Physics.Spatial;

namespace Ivim.Physics.Tests.Spatial;

/// <summary>
/// A structured phantom as a denoiser would leave it: the mean magnitude under σ, and a quarter of the noise.
/// </summary>
internal sealed class DenoisedStudy
{
    private static readonly double[] B = [0, 10, 30, 60, 120, 200, 400, 800];
    public const double RelativeSigma = 0.05, EffectiveNoise = 0.25;

    private readonly Phantom _phantom;
    private readonly int _width, _height;
    private readonly float[] _signals, _sigma, _scores;   // by voxel of the list
    private readonly SpatialMaps _fit;

    private DenoisedStudy(Phantom phantom, int width, int height)
    {
        (_phantom, _width, _height) = (phantom, width, height);
        Places = [.. Enumerable.Range(0, phantom.Voxels).Where(place => phantom.Labels[place] > 0)];
        _signals = new float[Places.Length * B.Length];
        _sigma = [.. Places.Select(_ => (float)RelativeSigma)];
        var noise = new RandomStream(5);
        for (int i = 0; i < _signals.Length; i++)
        {
            int place = Places[i / B.Length];
            double signal = phantom.Volume(i % B.Length)[place] / phantom.S0[place];
            _signals[i] = (float)(Math.Sqrt(signal * signal + RelativeSigma * RelativeSigma)
                + EffectiveNoise * RelativeSigma * noise.Gaussian((ulong)i));
        }
        _scores = Scores();
        var fit = LeastSquaresFit.Fit(_signals, Table);
        _fit = new SpatialMaps(fit.D, fit.F, fit.DStar, fit.S0);
    }

    public static BValueTable Table { get; } = new(B);

    public int[] Places { get; }

    public SpatialMaps Fit => _fit;

    public ReadOnlyMemory<float> Signals => _signals;

    public ParameterPrior Prior => ParameterPrior.Measure(_fit, SpatialBounds.Default);

    public static DenoisedStudy Make(int width, int height, int depth) => new(Phantom.Make(new PhantomRecipe
    {
        Kind = PhantomKind.Smooth, Width = width, Height = height, Depth = depth, BSecondsPerMm2 = B,
        Noise = NoiseKind.None, Seed = 3,
    }), width, height);

    public VoxelGrid Grid => new(_width, _height, _phantom.Recipe.Depth, Places);

    public PolishInput Input => new()
    {
        Grid = Grid, Table = Table, Signals = _signals, Sigma = _sigma, Scores = _scores, Components = 3,
        Prior = Prior, Start = _fit,
    };

    /// <summary>The same study with its voxels listed in another order.</summary>
    public PolishInput Reordered(int[] order) => Listed(order, Grid, place => place);

    /// <summary>The slices from first to last, and which voxels of the whole list they hold.</summary>
    public (PolishInput Input, int[] Voxels) Slab(int first, int last)
    {
        int slice = _width * _height;
        int[] voxels = [.. Enumerable.Range(0, Places.Length)
            .Where(i => Places[i] / slice >= first && Places[i] / slice <= last)];
        var grid = new VoxelGrid(_width, _height, last - first + 1,
            [.. voxels.Select(i => Places[i] - first * slice)], first);
        return (Listed(voxels, grid, place => place - first * slice), voxels);
    }

    /// <summary>Root mean squared errors of D, f and D*.</summary>
    public double[] Errors(SpatialMaps maps) =>
        [Error(maps.D, _phantom.D), Error(maps.F, _phantom.F), Error(maps.DStar, _phantom.DStar)];

    public static float[] Pick(float[] values, int[] voxels, int each = 1) =>
        [.. voxels.SelectMany(voxel => values.AsSpan(voxel * each, each).ToArray())];

    public static SpatialMaps Pick(SpatialMaps maps, int[] voxels) => new(Pick(maps.D, voxels),
        Pick(maps.F, voxels), Pick(maps.DStar, voxels), Pick(maps.S0, voxels));

    private PolishInput Listed(int[] voxels, VoxelGrid grid, Func<int, int> place) => Input with
    {
        Grid = new VoxelGrid(grid.Width, grid.Height, grid.Depth, [.. voxels.Select(i => place(Places[i]))],
            grid.FirstSlice),
        Signals = Pick(_signals, voxels, B.Length),
        Sigma = Pick(_sigma, voxels),
        Scores = Pick(_scores, voxels, 3),
        Start = Pick(_fit, voxels),
    };

    private double Error(float[] map, float[] truth) => Math.Sqrt(
        Places.Select((place, i) => (double)(map[i] - truth[place])).Average(error => error * error));

    // Low, middle and high b-values: any linear map of the signals guides, not principal components alone.
    private float[] Scores()
    {
        var scores = new float[Places.Length * 3];
        for (int i = 0; i < Places.Length; i++)
        {
            var row = _signals.AsSpan(i * B.Length, B.Length);
            scores[3 * i] = row[1] + row[2];
            scores[3 * i + 1] = row[3] + row[4];
            scores[3 * i + 2] = row[6] + row[7];
        }
        return scores;
    }
}
