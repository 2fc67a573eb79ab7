using System.Globalization;
using Ivim.Cli.Simulation;
using Ivim.Domain.Protocols;
using Ivim.Physics;
using Ivim.Physics.Noise;
using Ivim.Physics.Phantoms;

namespace Ivim.Cli.Benchmark;

/// <summary>A phantom of the comparison: docs/benchmark.md says what each is for.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="AcquiredShare">Share of the matrix that is acquired in k-space; null where voxels are
/// sampled.</param>
internal sealed record BenchmarkPhantom(
    string Name, PhantomKind Kind, TissueTable Tissues, double? AcquiredShare = null)
{
    public const string Random = "random";

    // Spinner et al. 2021, brain.
    private static readonly double[] BrainBValues =
        [0, 10, 20, 40, 80, 110, 140, 170, 200, 300, 400, 500, 600, 700, 800, 900];

    private const double Shading = 0.2;
    private const int Coils = 4;

    public static IReadOnlyList<BenchmarkPhantom> All { get; } =
    [
        new(Random, PhantomKind.Random, TissueTable.Abdomen),
        .. Shares("nested", PhantomKind.Piecewise, TissueTable.NestedSquares),
        .. Shares("abdomen", PhantomKind.Smooth, TissueTable.Abdomen),
        .. Shares("brain", PhantomKind.Smooth, TissueTable.Brain),
    ];

    /// <summary>Voxels know nothing of each other: whatever uses neighbours has nothing to use.</summary>
    public bool IsRandom => Kind == PhantomKind.Random;

    /// <summary>The bounds that whoever maps this organ chooses, the same for every method.</summary>
    public BoundsRules Bounds => Tissues == TissueTable.Brain ? BuiltInProtocols.BrainBounds : new BoundsRules();

    /// <exception cref="RefusalException">BENCHMARK-PHANTOM.</exception>
    public static BenchmarkPhantom Named(string name) => All.FirstOrDefault(phantom => phantom.Name == name)
        ?? throw new RefusalException("BENCHMARK-PHANTOM", "an unknown phantom",
            string.Join(", ", All.Select(phantom => phantom.Name)), "choose from these");

    public PhantomRecipe Recipe(GridSize size, double signalToNoise, ulong seed, int realisation) => new()
    {
        Kind = Kind,
        Tissues = Tissues,
        Width = size.Width,
        Height = size.Height,
        Depth = size.Depth,
        BSecondsPerMm2 = Tissues == TissueTable.Brain ? BrainBValues : BValueScheme.Usual,
        Noise = IsRandom ? NoiseKind.Gaussian : NoiseKind.Rician,
        SignalToNoise = signalToNoise,
        CoilShading = Kind == PhantomKind.Smooth ? Shading : 0,
        KSpace = AcquiredShare is not { } share ? null : new KSpaceRecipe
        {
            Width = Math.Max(1, (int)Math.Round(share * size.Width)),
            Height = Math.Max(1, (int)Math.Round(share * size.Height)),
            Coils = Coils,
        },
        Seed = seed,
        Realisation = (ulong)realisation,
    };

    private static IEnumerable<BenchmarkPhantom> Shares(string name, PhantomKind kind, TissueTable tissues)
    {
        yield return new BenchmarkPhantom(name, kind, tissues);
        foreach (double share in (double[])[0.62, 0.5])
        {
            string percent = (100 * share).ToString("F0", CultureInfo.InvariantCulture);
            yield return new BenchmarkPhantom($"{name}-{percent}", kind, tissues, share);
        }
    }
}

/// <summary>Voxels along x, y and z.</summary>
internal readonly record struct GridSize(int Width, int Height, int Depth)
{
    public override string ToString() => $"{Width}x{Height}x{Depth}";
}
