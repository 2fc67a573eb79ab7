using System.Diagnostics;
using System.Globalization;
using Ivim.Learning.Published;
using Ivim.Physics;
using Ivim.Physics.Evaluation;
using Xunit.Abstractions;

namespace Ivim.Learning.Tests.Published;

/// <summary>
/// The published check of IVIM-NET: voxels without spatial structure, SNR 20 (Kaandorp et al. 2021, doi
/// 10.1002/mrm.28852). Trained on one set, judged on another.
/// </summary>
public class RandomVoxelTests(ITestOutputHelper output)
{
    private static readonly BValueTable Table = new([0, 5, 10, 20, 30, 40, 60, 150, 300, 500, 700]);

    /// <remarks>
    /// IVIM_MEASURE=1 trains as published; IVIM_MEASURE_VOXELS, _RATE, _EVERY, _SNR and _SEED change it. The
    /// tolerance is that of the project's target: 15 % of the published errors.
    /// </remarks>
    [SkippableTheory]
    [InlineData("optim", 0.177, 0.220, 0.39)]
    [InlineData("orig", 0.196, 0.267, 0.39)]
    public void The_published_errors_are_reached(string which, double d, double f, double dStar)
    {
        Skip.If(Setting("") is null, "a measurement of minutes, asked for by IVIM_MEASURE");
        int voxels = int.Parse(Setting("_VOXELS") ?? "100000", CultureInfo.InvariantCulture);
        double snr = double.Parse(Setting("_SNR") ?? "20", CultureInfo.InvariantCulture);
        ulong seed = ulong.Parse(Setting("_SEED") ?? "1", CultureInfo.InvariantCulture);
        var recipe = which == "optim" ? IvimNetOptimRecipe.Training() : IvimNetOrigRecipe.Training();
        if (Setting("_RATE") is { } rate)
            recipe = recipe with { LearningRate = double.Parse(rate, CultureInfo.InvariantCulture) };
        if (Setting("_EVERY") is { } every)
            recipe = recipe with { EvaluateEvery = int.Parse(every, CultureInfo.InvariantCulture) };
        NetworkFamily network = which == "optim" ? new IvimNetOptimRecipe() : new IvimNetOrigRecipe();
        double[] errors = Errors(network, recipe, voxels, snr, seed);
        Assert.InRange(errors[0] / d, 0, 1.15);
        Assert.InRange(errors[1] / f, 0, 1.15);
        Assert.InRange(errors[2] / dStar, 0, 1.15);
    }

    /// <remarks>
    /// 3,000 steps of thirty times the published rate come within 20 % of the published errors (.191, .231, .388; see
    /// docs/ivimnet.md); constant maps are at 0.412, 0.481 and 0.472, least squares at 0.278, 0.383 and 0.868.
    /// </remarks>
    [Fact]
    public void A_short_training_of_optim_comes_near_the_published_errors()
    {
        var recipe = IvimNetOptimRecipe.Training(3000) with { LearningRate = 1e-3, ProbeVoxels = 1000 };
        double[] errors = Errors(new IvimNetOptimRecipe(), recipe, voxels: 10_000, snr: 20, seed: 1);
        Assert.InRange(errors[0] / 0.177, 0.8, 1.2);
        Assert.InRange(errors[1] / 0.220, 0.8, 1.2);
        Assert.InRange(errors[2] / 0.39, 0.8, 1.2);
    }

    private double[] Errors(NetworkFamily network, TrainingRecipe recipe, int voxels, double snr, ulong seed)
    {
        var learnt = VoxelSimulator.Simulate(new() { Voxels = voxels, Table = Table, Seed = 100, SignalToNoise = snr });
        var judged = VoxelSimulator.Simulate(new() { Voxels = 10_000, Table = Table, Seed = 200, SignalToNoise = snr });
        var clock = Stopwatch.StartNew();
        var data = new TrainingSet(IvimNetVoxels.Plausible(learnt.Signals, Table), Table);
        var member = new Trainer(Trainings.Cpu).Train(data, network, recipe, ParameterBounds.Default,
            new MemberSeed(seed, 0, 0), null, null, TrainingWatch.None, default);
        var maps = new Inference(Trainings.Cpu).Map(member, network, ParameterBounds.Default, Table, judged.Signals,
            default);
        double[] errors = [ErrorMetrics.Of(maps.D, judged.D).NormalisedRmse,
            ErrorMetrics.Of(maps.F, judged.F).NormalisedRmse, ErrorMetrics.Of(maps.DStar, judged.DStar).NormalisedRmse];
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{network.GetType().Name}: {data.Voxels} of {voxels} voxels learnt, SNR {snr}, "
            + $"rate {recipe.LearningRate}, seed {seed}: D {errors[0]:F3} f {errors[1]:F3} D* {errors[2]:F3}, "
            + $"rank correlation of f and D* {RankCorrelation.Spearman(maps.F, maps.DStar):F2}, "
            + $"{member.Steps} steps, {member.StopReason}, loss {member.Loss:G6}, swapped {member.Swapped}, "
            + $"{clock.Elapsed.TotalSeconds:F0} s"));
        return errors;
    }

    private static string? Setting(string name) => Environment.GetEnvironmentVariable("IVIM_MEASURE" + name);
}
