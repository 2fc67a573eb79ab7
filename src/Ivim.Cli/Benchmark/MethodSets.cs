using Ivim.Domain.Protocols;

namespace Ivim.Cli.Benchmark;

/// <summary>Lists of methods with a name.</summary>
internal static class MethodSets
{
    public const string Comparison = "comparison", Ablation = "ablation";

    /// <summary>What errors are divided by: converged MRF-MAP of denoised signals, the strongest peer.</summary>
    public const string Reference = Methods.MarkovField;

    /// <summary>The same where a voxel is alone.</summary>
    public const string ReferenceOfRandom = Methods.LeastSquares + "+raw";

    /// <summary>What minutes allow.</summary>
    public static IReadOnlyList<string> Quick { get; } =
    [
        "nlls+raw", "segmented+raw", "nlls", "mrf-map", "nlls+polished", "mrf-map+polished", BenchmarkMethod.Default,
    ];

    /// <summary>Every baseline raw and denoised, and who is polished.</summary>
    public static IReadOnlyList<string> OfComparison { get; } =
    [
        "nlls+raw", "segmented+raw", "ivimnet-orig+raw", "ivimnet-optim+raw", "bayes+raw", "bayes-mrf+raw+published",
        "bayes-mrf+raw", "mrf-map+raw", "cnn-bilstm-mham+raw",
        "nlls", "segmented", "ivimnet-orig", "ivimnet-optim", "bayes", "bayes-mrf+published", "bayes-mrf", "mrf-map",
        "cnn-bilstm-mham",
        "nlls+polished", "mrf-map+polished", "cnn-bilstm-mham+polished", BenchmarkMethod.Default,
    ];

    /// <summary>
    /// {raw, denoised} x {fits, fields, IVIM-NET, architectures} x {one member, ensemble} x {stopped, fixed steps}, and
    /// the polish of what is denoised.
    /// </summary>
    public static IReadOnlyList<string> OfAblation { get; } =
    [
        .. from fit in (string[])["nlls", "segmented", "ivimnet-optim", "bayes-mrf", "mrf-map"]
           from rest in (string[])["+raw", "", "+polished"]
           select fit + rest,
        .. from architecture in (string[])["+mlp", "+cnn", "+cnn-lstm", "+full"]
           from signals in (string[])["+raw", ""]
           from members in (string[])["+single", ""]
           from steps in (string[])["", "+fixed"]
           select Methods.CnnBiLstmMham + architecture + signals + members + steps,
        .. from architecture in (string[])["+mlp", "+cnn", "+cnn-lstm", "+full"]
           select Methods.CnnBiLstmMham + architecture + "+polished",
    ];

    public static IReadOnlyList<string> Named(string name) => name == Ablation ? OfAblation : OfComparison;
}
