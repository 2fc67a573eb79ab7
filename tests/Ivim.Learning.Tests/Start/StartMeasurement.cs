using System.Diagnostics;
using System.Globalization;
using Ivim.Learning.Start;
using Xunit.Abstractions;

namespace Ivim.Learning.Tests.Start;

/// <summary>What docs/ivimnet.md says a start is worth; nothing is asserted but that it is worth something.</summary>
public class StartMeasurement(ITestOutputHelper output)
{
    [SkippableTheory]
    [InlineData(Architecture.Cnn, Pooling.Flatten)]
    [InlineData(Architecture.Full, Pooling.MeanLast)]
    public void A_start_saves_steps(Architecture architecture, Pooling pooling)
    {
        Skip.If(Environment.GetEnvironmentVariable("IVIM_MEASURE") is null, "minutes, asked for by IVIM_MEASURE");
        var network = new NetworkRecipe { Architecture = architecture, Pooling = pooling };
        var clock = Stopwatch.StartNew();
        var start = Trainings.Train(network: network, data: new StartRecipe().Draw(SimulatedVoxels.TwelveB, 1),
            recipe: StartRecipe.Training());
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{architecture} {pooling}: start {clock.Elapsed.TotalSeconds:F0} s"));
        foreach (double snr in new[] { 20.0, 50, 150 })
        {
            var voxels = RelativeToOwnZero(SimulatedVoxels.Draw(8000, snr, SimulatedVoxels.TwelveB));
            double[] warm = Errors(voxels, network, 0, start, snr), cold = Errors(voxels, network, 1500, null, snr);
            Errors(voxels, network, 300, start, snr);
            if (snr > 20) Assert.True(warm[0] < 1.5 * cold[0]);
        }
    }

    /// <summary>As a study's signals are, and those that a start learns from.</summary>
    private static SimulatedVoxels RelativeToOwnZero(SimulatedVoxels voxels) => voxels with
    {
        Signals = [.. voxels.Signals.Select((value, i) => value / voxels.Signals[i / 12 * 12])],
    };

    private double[] Errors(SimulatedVoxels voxels, NetworkRecipe network, int steps, TrainedMember? start, double snr)
    {
        var recipe = new TrainingRecipe { Steps = steps, LearningRate = start is null ? 2e-3 : 5e-4 };
        var member = Trainings.Train(network: network, data: voxels.Training(), warmStart: start?.ToArrays(),
            recipe: recipe);
        double[] errors = voxels.Errors(Trainings.Map(member, voxels, network));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  SNR {snr}, {(start is null ? "cold" : "warm")}, {steps} steps: {errors[0] * 1e6:F1} / "
            + $"{errors[1] * 1e3:F1} / {errors[2] * 1e3:F1}"));
        return errors;
    }
}
