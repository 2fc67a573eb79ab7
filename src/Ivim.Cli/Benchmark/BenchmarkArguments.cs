using System.CommandLine;
using Ivim.Cli.CommandLine;
using Ivim.Physics;

namespace Ivim.Cli.Benchmark;

/// <summary>The arguments of `ivim benchmark` and how they become a plan.</summary>
internal sealed class BenchmarkArguments
{
    /// <summary>Settings were tuned on phantoms of seeds 11, 22 and 23: no number to report comes from them.</summary>
    private const ulong UsualSeed = 31;

    private static readonly GridSize FullSize = new(64, 64, 8), QuickSize = new(32, 32, 4);
    private static readonly double[] FullRatios = [10, 20, 30, 50, 80, 100], QuickRatios = [20, 50];

    private static readonly string[] QuickPhantoms = [BenchmarkPhantom.Random, "abdomen", "brain", "nested-62"];

    private readonly Option<string> _out = SharedOptions.Folder("--out", "Folder of scans, maps and results.");
    private readonly Option<bool> _quick = new("--quick")
    {
        Description = "Small phantoms, few methods, one draw for networks: about ten minutes on two processors.",
    };

    private readonly Option<string?> _set = SharedOptions.Text(
        "--set", "Which methods: comparison or ablation; default: comparison.", "SET");

    private readonly Option<string[]> _phantoms = Names("--phantoms",
        string.Join(", ", BenchmarkPhantom.All.Select(phantom => phantom.Name)) + "; default: all.");

    private readonly Option<string[]> _methods = Names(
        "--methods", "Methods in place of a set, such as nlls+raw or default.");

    private readonly Option<double[]> _ratios = new("--snr")
    {
        Description = "Signal-to-noise ratios at b = 0; default: 10 20 30 50 80 100.",
        HelpName = "X ...",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int?> _realisations = SharedOptions.Count(
        "--realisations", "Draws of the noise; default: 5.", 1, 1000);

    private readonly Option<int?> _networkRealisations = SharedOptions.Count(
        "--network-realisations", "Draws that networks are trained on; default: all.", 1, 1000);

    private readonly Option<int?> _networkSeeds = SharedOptions.Count(
        "--network-seeds", "Seeds of the networks on the first draw; default: 3.", 1, 100);

    private readonly Option<int[]> _size = new("--size")
    {
        Description = "Voxels along x, y and z; default: 64 64 8.",
        HelpName = "X Y Z",
        Arity = new ArgumentArity(3, 3),
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<ulong?> _seed = SharedOptions.Seed();
    private readonly Option<int?> _workers = SharedOptions.Count(
        "--workers", "Workers at the same time; default: one per processor.", 1, 256);

    private readonly Option<string?> _document = SharedOptions.Text(
        "--update-docs", "Document whose section is replaced.", "FILE");

    private readonly Option<bool> _json = SharedOptions.Json();
    private readonly Option<bool> _quiet = SharedOptions.Quiet();

    public BenchmarkArguments() => _set.AcceptOnlyFromAmong(MethodSets.Comparison, MethodSets.Ablation);

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])
            [_out, _quick, _set, _phantoms, _ratios, _methods, _realisations, _networkRealisations, _networkSeeds,
                _size, _seed, _workers, _document, _json, _quiet])
            command.Add(option);
    }

    public string Folder(ParseResult parsed) => Path.GetFullPath(parsed.GetRequiredValue(_out));

    public string? Document(ParseResult parsed) => parsed.GetValue(_document);

    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    public bool Quiet(ParseResult parsed) => parsed.GetValue(_quiet);

    /// <exception cref="RefusalException">BENCHMARK-..., PHANTOM-RECIPE, PROTOCOL-VALUE.</exception>
    public BenchmarkPlan Plan(ParseResult parsed)
    {
        bool quick = parsed.GetValue(_quick);
        int realisations = parsed.GetValue(_realisations) ?? (quick ? 2 : 5);
        int onNetworks = parsed.GetValue(_networkRealisations) ?? (quick ? 1 : realisations);
        return new BenchmarkPlan
        {
            Phantoms = [.. (Given(parsed, _phantoms)
                ?? (quick ? QuickPhantoms : BenchmarkPhantom.All.Select(phantom => phantom.Name)))
                .Distinct().Select(BenchmarkPhantom.Named)],
            SignalToNoise = [.. (Given(parsed, _ratios) ?? (quick ? QuickRatios : FullRatios)).Distinct().Order()],
            Methods = [.. (Given(parsed, _methods) ?? Set(parsed, quick)).Distinct()],
            Realisations = realisations,
            NetworkRealisations = Math.Min(onNetworks, realisations),
            NetworkSeeds = parsed.GetValue(_networkSeeds) ?? (quick ? 1 : 3),
            Seed = parsed.GetValue(_seed) ?? UsualSeed,
            Size = Given(parsed, _size) is [var x, var y, var z] ? new GridSize(x, y, z) : quick ? QuickSize : FullSize,
            Workers = parsed.GetValue(_workers),
        };
    }

    private IReadOnlyList<string> Set(ParseResult parsed, bool quick) =>
        parsed.GetValue(_set) is { } name ? MethodSets.Named(name)
        : quick ? MethodSets.Quick : MethodSets.OfComparison;

    private static T[]? Given<T>(ParseResult parsed, Option<T[]> option) =>
        parsed.GetValue(option) is { Length: > 0 } values ? values : null;

    private static Option<string[]> Names(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "NAME ...",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };
}
