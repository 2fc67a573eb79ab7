using System.CommandLine;
using System.CommandLine.Parsing;
using Ivim.Cli.CommandLine;
using Ivim.Physics.Noise;
using Ivim.Physics.Phantoms;

namespace Ivim.Cli.Simulation;

/// <summary>The arguments of `ivim simulate` and how they become a recipe.</summary>
internal sealed class SimulateArguments
{
    private readonly Option<string> _out = SharedOptions.Folder("--out", "Folder of the image and its truth.");

    private readonly Option<string> _phantom =
        Choice("--phantom", "What it looks like.", "smooth", "piecewise", "random");

    private readonly Option<string> _tissues =
        Choice("--tissues", "Whose D, f and D* it has.", [.. TissueTable.All.Select(table => table.Name)]);

    private readonly Option<int[]> _size = new("--size")
    {
        Description = "Voxels along x, y and z.",
        HelpName = "X Y Z",
        Arity = new ArgumentArity(3, 3),
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [64, 64, 8],
    };

    private readonly Option<double[]> _bValues = new("--b-values")
    {
        Description = "One volume each, s/mm2.",
        HelpName = "B ...",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [.. BValueScheme.Usual],
    };

    private readonly Option<double> _snr =
        Value("--snr", "Signal-to-noise ratio at b = 0.", 20, snr => snr > 0, "above 0");

    private readonly Option<double> _shading =
        Value("--shading", "Strength of the coil's shading.", 0, shading => shading is >= 0 and <= 0.9, "0 to 0.9");

    private readonly Option<int[]> _acquired = new("--acquired-matrix")
    {
        Description = "Points of k-space that are measured along x and y; the image is zero-filled.",
        HelpName = "X Y",
        Arity = new ArgumentArity(2, 2),
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int?> _coils = SharedOptions.Count(
        "--coils", "Receive coils, 1 to 64: the image comes from k-space.", 1, KSpaceRecipe.MostCoils);

    private readonly Option<string> _noise = Choice("--noise", "Kind of noise.", "rician", "gaussian", "none");
    private readonly Option<ulong?> _seed = SharedOptions.Seed();
    private readonly Option<ulong> _realisation = new("--realisation")
    {
        Description = "Another number gives other noise on the same truth.",
        HelpName = "N",
    };

    private readonly Option<bool> _force = new("--force") { Description = "Replace another simulation in the folder." };

    private readonly Option<bool> _quiet = new("--quiet") { Description = "Say nothing where all is well." };

    private readonly Option<int?> _subjects = SharedOptions.Count("--subjects",
        "A raw BIDS dataset of so many subjects, each with the next seed.", 1, SimulatedDataset.MostSubjects);

    private readonly Option<int?> _sessions = SharedOptions.Count("--sessions",
        "Scans of each subject of a dataset, in sessions of their own.", 1, SimulatedDataset.MostSessions);

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])
            [_out, _phantom, _tissues, _size, _bValues, _snr, _noise, _shading, _acquired, _coils,
                _seed, _realisation, _subjects, _sessions, _force, _quiet])
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_sessions) is not null && result.GetResult(_subjects) is null)
                result.AddError("--sessions without --subjects");
        });
    }

    public string Folder(ParseResult parsed) => parsed.GetRequiredValue(_out);

    /// <summary>Null where one scan is wanted, and no dataset.</summary>
    public int? Subjects(ParseResult parsed) => parsed.GetValue(_subjects);

    /// <summary>0 where there are none.</summary>
    public int Sessions(ParseResult parsed) => parsed.GetValue(_sessions) ?? 0;

    public bool Force(ParseResult parsed) => parsed.GetValue(_force);

    public bool Quiet(ParseResult parsed) => parsed.GetValue(_quiet);

    public PhantomRecipe Recipe(ParseResult parsed)
    {
        int[] size = parsed.GetRequiredValue(_size);
        return new PhantomRecipe
        {
            Kind = Enum.Parse<PhantomKind>(parsed.GetRequiredValue(_phantom), ignoreCase: true),
            Tissues = TissueTable.Named(parsed.GetRequiredValue(_tissues)),
            Width = size[0],
            Height = size[1],
            Depth = size[2],
            BSecondsPerMm2 = parsed.GetRequiredValue(_bValues),
            Noise = Enum.Parse<NoiseKind>(parsed.GetRequiredValue(_noise), ignoreCase: true),
            SignalToNoise = parsed.GetValue(_snr),
            CoilShading = parsed.GetValue(_shading),
            KSpace = KSpace(parsed, size),
            Seed = parsed.GetValue(_seed) ?? 0,
            Realisation = parsed.GetValue(_realisation),
        };
    }

    /// <summary>Either option asks for it; what the other leaves open is the whole matrix, or one coil.</summary>
    private KSpaceRecipe? KSpace(ParseResult parsed, int[] size)
    {
        var (matrix, coils) = (parsed.GetValue(_acquired), parsed.GetValue(_coils));
        if (matrix is not { Length: 2 } && coils is null) return null;
        if (matrix is not { Length: 2 }) matrix = size;
        return new KSpaceRecipe { Width = matrix[0], Height = matrix[1], Coils = coils ?? 1 };
    }

    /// <summary>An option with a fixed set of values, the first of them being the default.</summary>
    private static Option<string> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => values[0] };
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    private static Option<double> Value(
        string name, string description, double usual, Func<double, bool> isAllowed, string expected)
    {
        var option = new Option<double>(name)
        {
            Description = description,
            HelpName = "X",
            DefaultValueFactory = _ => usual,
        };
        option.Validators.Add(result => Refuse(result, isAllowed, expected));
        return option;
    }

    private static void Refuse(OptionResult result, Func<double, bool> isAllowed, string expected)
    {
        if (SharedOptions.WrittenNumber(result) is { } value && !(double.IsFinite(value) && isAllowed(value)))
            result.AddError($"{result.Option.Name} {result.Tokens[0].Value} ({expected})");
    }
}
