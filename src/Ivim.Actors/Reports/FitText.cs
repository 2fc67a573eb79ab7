using System.Globalization;
using Ivim.Domain.Protocols;
using Ivim.Imaging.Reports.Pages;
using static Ivim.Actors.Reports.ReportWords;

namespace Ivim.Actors.Reports;

/// <summary>The clause of the methods paragraph on the fit itself.</summary>
internal static class FitText
{
    public static string Of(Protocol protocol, List<Reference> references)
    {
        references.AddRange(Cited(protocol));
        return protocol.Method switch
        {
            Methods.LeastSquares => "by bounded non-linear least squares on all b-values, weighted by their averages",
            Methods.Segmented => string.Create(CultureInfo.InvariantCulture,
                $"by a segmented fit: D and f from b of at least {protocol.Segmented.CutoffSecondsPerMm2} s/mm², ")
                + "then D* from all b-values, S0 as measured",
            Methods.IvimNetOrig => "by a re-implementation of IVIM-NET orig (Barbieri et al. 2020), the network with "
                + $"the least loss of {protocol.MemberCount}",
            Methods.IvimNetOptim => "by a re-implementation of IVIM-NET optim (Kaandorp et al. 2021), "
                + MergeRule(protocol),
            Methods.Bayes => "by a Bayesian fit with a hierarchical shrinkage prior (Orton et al. 2014), "
                + Chains(protocol.Bayes, protocol.Bayes.BurnIn, protocol.Bayes.Samples),
            Methods.BayesField => "by a Bayesian fit with a hierarchical shrinkage prior (Orton et al. 2014) and then "
                + "a Markov random field (Spinner et al. 2021), "
                + Chains(protocol.Bayes, protocol.Bayes.FieldBurnIn, protocol.Bayes.FieldSamples) + " with the field",
            Methods.MarkovField => "as the most probable maps under a Markov random field in plane, after the prior of "
                + "Spinner et al. 2021",
            _ => Network(protocol),
        };
    }

    private static IEnumerable<Reference> Cited(Protocol protocol) => protocol.Method switch
    {
        Methods.CnnBiLstmMham => [Citations.Barbieri, Citations.Kaandorp, Citations.Li],
        Methods.IvimNetOrig => [Citations.Barbieri],
        Methods.IvimNetOptim => [Citations.Kaandorp],
        Methods.Bayes => [Citations.Orton],
        Methods.BayesField => [Citations.Orton, Citations.Spinner],
        Methods.MarkovField => [Citations.Spinner],
        _ => [],
    };

    private static string Network(Protocol protocol)
    {
        string layers = protocol.Network.Architecture switch
        {
            "full" => "one-dimensional convolutions, a bidirectional LSTM and multi-head attention over the b-values",
            "cnn-lstm" => "one-dimensional convolutions and a bidirectional LSTM over the b-values",
            "cnn-attention" => "one-dimensional convolutions and multi-head attention over the b-values",
            "cnn" => "one-dimensional convolutions over the b-values",
            var other => $"fully connected layers ({other})",
        };
        string merged = protocol.MemberCount == 1 ? "one network" : $"an ensemble of {protocol.MemberCount} networks";
        string center = protocol.MemberCount == 1 ? ""
            : $", which differed by their random start and were merged by the voxel-wise {protocol.MergeRule}";
        string loss = protocol.LearnsNoiseFloor ? " against the mean of a Rician magnitude" : "";
        return $"by {merged} of {layers}, with the model as decoder and without labels (after Barbieri et al. 2020, "
            + $"Kaandorp et al. 2021, Li and Huang 2026), trained{Start(protocol)} {Scope(protocol)}{loss}{center}";
    }

    private static string Start(Protocol protocol) => !protocol.TrainsStart ? ""
        : $" for {Count(protocol.Training.StartSteps)} steps on simulated signals of the same b-values, then";

    private static string Scope(Protocol protocol)
    {
        var training = protocol.Training;
        string sample = $"for at most {Count(training.Steps)} steps on up to {Count(training.SampleVoxels)} voxels of "
            + "the study itself";
        return training.Scope switch
        {
            TrainingScopes.Slab => $"for at most {Count(training.Steps)} steps on each slab of {protocol.Slabs.Slices} "
                + $"slices with {protocol.Slabs.Halo} neighbour slices on either side",
            TrainingScopes.StudyThenSlab => $"{sample}, then for {training.SlabSteps} steps on each slab of "
                + $"{protocol.Slabs.Slices} slices",
            _ => sample,
        };
    }

    private static string Chains(BayesRules rules, int burnIn, int samples) =>
        $"{rules.Chains} chains of {Count(burnIn)} sweeps to settle and {Count(samples)} that count";
}
