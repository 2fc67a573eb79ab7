using System.Globalization;
using Ivim.Domain.Protocols;

namespace Ivim.Actors.Reports;

/// <summary>Words that several sections use.</summary>
internal static class ReportWords
{
    public static string Percent(double share) => double.IsFinite(share)
        ? (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %" : "–";

    public static string Number(double value, string format = "0.###") =>
        !double.IsFinite(value) ? "–"
            // What rounds to nothing has no sign.
            : Math.Round(value, 6) == 0 ? 0.0.ToString(format, CultureInfo.InvariantCulture)
            : value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−');

    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    public static string MergeRule(Protocol protocol) => protocol.MergeRule == MergeRules.LowestLoss
        ? $"of the one of {protocol.MemberCount} networks with the least loss"
        : $"{protocol.MergeRule} over {protocol.MemberCount} networks";

    public static string Method(Protocol protocol) => protocol.Method switch
    {
        Methods.CnnBiLstmMham => "unsupervised networks of convolutions, bidirectional LSTM and attention",
        Methods.LeastSquares => "bounded non-linear least squares",
        Methods.Segmented => "segmented fit",
        Methods.IvimNetOrig => "IVIM-NET orig, re-implemented",
        Methods.IvimNetOptim => "IVIM-NET optim, re-implemented",
        Methods.Bayes => "Bayesian fit with a hierarchical shrinkage prior",
        Methods.BayesField => "Bayesian fit with a Markov random field",
        Methods.MarkovField => "most probable maps under a Markov random field",
        var other => other,
    };
}
