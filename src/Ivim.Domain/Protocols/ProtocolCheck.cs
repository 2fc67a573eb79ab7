using System.Globalization;
using Ivim.Physics;

namespace Ivim.Domain.Protocols;

/// <summary>The legal range of every protocol field.</summary>
public static class ProtocolCheck
{
    /// <exception cref="RefusalException">PROTOCOL-VALUE: the first field outside its range.</exception>
    public static void Require(Protocol protocol)
    {
        OneOf("schema", protocol.Schema, [Protocol.CurrentSchema]);
        OneOf("method", protocol.Method, Methods.All);
        OneOf("input.averaging", protocol.Input.Averaging, ["auto", "arithmetic", "geometric"]);
        if (protocol.Input.BMaxSecondsPerMm2 is { } bMax) Between("input.bMaxSecondsPerMm2", bMax, 1, 1e5);
        RequireDenoising(protocol.Denoising);
        Between("slabs.slices", protocol.Slabs.Slices, 1, 4096);
        Between("slabs.halo", protocol.Slabs.Halo, 0, 64);
        Between("segmented.cutoffSecondsPerMm2", protocol.Segmented.CutoffSecondsPerMm2, 1, 1e5);
        RequireBounds(protocol.Bounds);
        RequireNetwork(protocol.Network);
        RequireTraining(protocol.Training);
        Between("ensemble.members", protocol.Ensemble.Members, 1, 1000);
        OneOf("ensemble.merge", protocol.Ensemble.Merge, MergeRules.All);
        Between("ensemble.outlierLossFactor", protocol.Ensemble.OutlierLossFactor, 1, 1e6);
        RequireBayes(protocol.Bayes);
        Between("publishedNetwork.mostSteps", protocol.PublishedNetwork.MostSteps, 1, 10_000_000);
        RequirePolish(protocol.Polish);
        RequireUncertainty(protocol.Uncertainty);
        if (protocol.Polish.Method != PolishRules.None && !protocol.Denoises)
            throw Refuse("polish.method", $"`{protocol.Polish.Method}`",
                "none where denoising.method is none: it reads denoised signals");
        if (protocol.Training.Loss == TrainingLosses.RicianMean
            && (!protocol.Denoises || protocol.Denoising.RicianCorrection != RicianCorrections.None))
        {
            throw Refuse("training.loss", $"`{protocol.Training.Loss}`",
                "squares unless denoised signals keep their noise floor (denoising.ricianCorrection none)");
        }
    }

    private static void RequirePolish(PolishRules polish)
    {
        OneOf("polish.method", polish.Method, [PolishRules.None, PolishRules.Guided]);
        OneOf("polish.start", polish.Start, [PolishRules.Weighed, PolishRules.FromMaps]);
        Odd("polish.patchInPlane", polish.PatchInPlane, 1, 15);
        Odd("polish.patchSlices", polish.PatchSlices, 1, 15);
        Between("polish.scores", polish.Scores, 1, 16);
        Between("polish.sweeps", polish.Sweeps, 1, 10_000);
        Between("polish.effectiveNoise", polish.EffectiveNoise, 0.001, 10);
        Between("polish.misfitFactor", polish.MisfitFactor, 0, 10);
        Between("polish.strengthD", polish.StrengthD, 0, 1e6);
        Between("polish.strengthF", polish.StrengthF, 0, 1e6);
        Between("polish.strengthDStar", polish.StrengthDStar, 0, 1e6);
        Between("polish.edgeWidth", polish.EdgeWidth, 1e-6, 100);
        Between("polish.guideWidth", polish.GuideWidth, 0.01, 1000);
        Between("polish.priorWeight", polish.PriorWeight, 0, 1000);
    }

    private static void RequireUncertainty(UncertaintyRules uncertainty)
    {
        Between("uncertainty.probeShare", uncertainty.ProbeShare, 0.001, 1);
        Odd("uncertainty.windowInPlane", uncertainty.WindowInPlane, 1, 31);
        Odd("uncertainty.windowSlices", uncertainty.WindowSlices, 1, 31);
        Between("uncertainty.polishedShare", uncertainty.PolishedShare, 0.001, 10);
        Between("uncertainty.reliableAboveF", uncertainty.ReliableAboveF, 0, 1);
        Between("uncertainty.reliableShareOfIgnorance", uncertainty.ReliableShareOfIgnorance, 0, 10);
    }

    private static void RequireBayes(BayesRules bayes)
    {
        Between("bayes.chains", bayes.Chains, 2, 16);
        Between("bayes.burnIn", bayes.BurnIn, 200, 1_000_000);
        Between("bayes.samples", bayes.Samples, 200, 1_000_000);
        Between("bayes.fieldBurnIn", bayes.FieldBurnIn, 200, 1_000_000);
        Between("bayes.fieldSamples", bayes.FieldSamples, 200, 1_000_000);
        OneOf("bayes.fieldWeighting", bayes.FieldWeighting, ["absolute", "relative"]);
        Between("bayes.fieldTau", bayes.FieldTau, 0.001, 1000);
        Between("bayes.mapTau", bayes.MapTau, 0.001, 1000);
    }

    private static void RequireDenoising(DenoisingRules denoising)
    {
        OneOf("denoising.method", denoising.Method, DenoisingMethods.All);
        Odd("denoising.patchInPlane", denoising.PatchInPlane, 1, 15);
        Odd("denoising.patchSlices", denoising.PatchSlices, 1, 15);
        OneOf("denoising.grid", denoising.Grid, ["acquired", "stored"]);
        OneOf("denoising.noiseLevel", denoising.NoiseLevel, ["marchenko-pastur", "background", "given"]);
        if (denoising.GivenSigma is { } sigma) Between("denoising.givenSigma", sigma, 1e-12, 1e12);
        else if (denoising is { Method: DenoisingMethods.LocalPca, NoiseLevel: "given" })
            throw Refuse("denoising.givenSigma", "null", "a number where denoising.noiseLevel is `given`");
        Between("denoising.tauFactor", denoising.TauFactor, 0.1, 100);
        OneOf("denoising.ricianCorrection", denoising.RicianCorrection, RicianCorrections.All);
        if (denoising is { RicianCorrection: RicianCorrections.KoayBasser, Method: DenoisingMethods.LocalPca,
            NoiseLevel: not "marchenko-pastur" })
        {
            throw Refuse("denoising.ricianCorrection", denoising.RicianCorrection,
                "`first-moment` where denoising.noiseLevel is that of the channels already");
        }
    }

    private static void RequireBounds(BoundsRules bounds)
    {
        Interval("bounds.d", bounds.D, 0, 0.1);
        Interval("bounds.f", bounds.F, 0, 1);
        Interval("bounds.dStar", bounds.DStar, 1e-6, 10);
        Interval("bounds.s0", bounds.S0, 0.001, 10);
        if (bounds.DStar.Lower < bounds.D.Upper)
            throw Refuse("bounds.dStar.lower", Text(bounds.DStar.Lower),
                $"at least bounds.d.upper = {Text(bounds.D.Upper)}, so that D and D* cannot change places");
    }

    private static void RequireNetwork(NetworkRules network)
    {
        OneOf("network.architecture", network.Architecture, ["full", "cnn-lstm", "cnn-attention", "cnn", "mlp"]);
        OneOf("network.pooling", network.Pooling, ["flatten", "mean-last"]);
        OneOf("network.dStarScale", network.DStarScale, ["linear", "log"]);
        Between("network.principalScores", network.PrincipalScores, 0, 64);
        Between("network.convolution1", network.Convolution1, 1, 1024);
        Between("network.convolution2", network.Convolution2, 1, 1024);
        Between("network.lstmHidden", network.LstmHidden, 1, 1024);
        Between("network.headHidden", network.HeadHidden, 1, 4096);
        Between("network.dropout", network.Dropout, 0, 0.9);
        Between("network.lastLayerScale", network.LastLayerScale, 0, 10);
        Between("network.attentionHeads", network.AttentionHeads, 1, 64);
        if (network.Architecture is "full" && 2 * network.LstmHidden % network.AttentionHeads != 0
            || network.Architecture is "cnn-attention" && network.Convolution2 % network.AttentionHeads != 0)
            throw Refuse("network.attentionHeads", Text(network.AttentionHeads),
                "a divisor of the width it attends to");
    }

    private static void RequireTraining(TrainingRules training)
    {
        OneOf("training.scope", training.Scope, TrainingScopes.All);
        OneOf("training.loss", training.Loss, TrainingLosses.All);
        OneOf("training.keep", training.Keep, ["last", "best"]);
        Between("training.startSteps", training.StartSteps, 0, 10_000_000);
        Between("training.steps", training.Steps, 1, 10_000_000);
        Between("training.slabSteps", training.SlabSteps, 0, 10_000_000);
        Between("training.sampleVoxels", training.SampleVoxels, 100, 100_000_000);
        Between("training.batchVoxels", training.BatchVoxels, 1, 65_536);
        Between("training.learningRate", training.LearningRate, 1e-9, 1);
        Between("training.finalLearningRate", training.FinalLearningRate, 0, training.LearningRate);
        Between("training.gradientClip", training.GradientClip, 1e-6, 1e6);
        Between("training.evaluateEverySteps", training.EvaluateEverySteps, 1, 1_000_000);
        Between("training.probeVoxels", training.ProbeVoxels, 1, 1_000_000);
        Between("training.stopping.relativeChangeWindow", training.Stopping.RelativeChangeWindow, 1, 10_000);
        Between("training.stopping.minimumSteps", training.Stopping.MinimumSteps, 0, 10_000_000);
        Between("training.stopping.relativeChangeChecks", training.Stopping.RelativeChangeChecks, 1, 1000);
        if (training.Stopping.RelativeChange is { } change) Between("training.stopping.relativeChange", change, 0, 1);
        if (training.Stopping.NoiseFactor is { } noise) Between("training.stopping.noiseFactor", noise, 0.1, 1000);
        if (training.Stopping.UnderfitLossFactor is { } factor)
            Between("training.stopping.underfitLossFactor", factor, 1, 1000);
    }

    private static void Interval(string field, Interval interval, double lowest, double highest)
    {
        Between(field + ".lower", interval.Lower, lowest, highest);
        Between(field + ".upper", interval.Upper, lowest, highest);
        if (interval.Lower >= interval.Upper)
            throw Refuse(field, $"{Text(interval.Lower)} to {Text(interval.Upper)}", "a lower bound below the upper");
    }

    private static void Between(string field, double value, double lowest, double highest)
    {
        if (!(value >= lowest && value <= highest))
            throw Refuse(field, Text(value), $"{Text(lowest)} to {Text(highest)}");
    }

    private static void Odd(string field, int value, int lowest, int highest)
    {
        if (value < lowest || value > highest || value % 2 == 0)
            throw Refuse(field, Text(value), $"{Text(lowest)} to {Text(highest)}, odd");
    }

    private static void OneOf(string field, string value, IReadOnlyList<string> known)
    {
        if (!known.Contains(value)) throw Refuse(field, $"`{value}`", string.Join(", ", known));
    }

    private static RefusalException Refuse(string field, string found, string expected) =>
        new("PROTOCOL-VALUE", $"{field} = {found}", expected, "correct the protocol or the option");

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
