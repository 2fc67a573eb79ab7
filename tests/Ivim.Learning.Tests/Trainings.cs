using Ivim.Physics;

namespace Ivim.Learning.Tests;

/// <summary>Short trainings that the tests share.</summary>
internal static class Trainings
{
    public static ComputeDevice Cpu { get; } = ComputeDevice.Resolve("cpu");

    public static SimulatedVoxels Voxels { get; } = SimulatedVoxels.Draw(800, 50, SimulatedVoxels.TwelveB);

    public static TrainingRecipe Short { get; } =
        new() { Steps = 24, BatchVoxels = 64, EvaluateEvery = 6, ProbeVoxels = 128 };

    public static TrainedMember Train(ulong member = 0, NetworkFamily? network = null, TrainingRecipe? recipe = null,
        TrainingState? resume = null, NamedArrays? warmStart = null, TrainingWatch? watch = null,
        TrainingSet? data = null,
        CancellationToken cancellation = default) =>
        new Trainer(Cpu).Train(data ?? Voxels.Training(), network ?? new NetworkRecipe(), recipe ?? Short,
            ParameterBounds.Default, new MemberSeed(11, 3, member), resume, warmStart, watch ?? TrainingWatch.None,
            cancellation);

    public static ParameterMaps Map(TrainedMember member, SimulatedVoxels voxels, NetworkFamily? network = null) =>
        new Inference(Cpu).Map(member, network ?? new NetworkRecipe(), ParameterBounds.Default, voxels.B,
            voxels.Signals, default);

    public static void SameBits(TrainedMember expected, TrainedMember actual) =>
        Assert.True(expected.ToArrays().HaveSameBits(actual.ToArrays()));

    /// <summary>What a worker that was killed at this step would have left.</summary>
    public static TrainingState StateAt(int step, NetworkFamily network, TrainingRecipe recipe)
    {
        TrainingState? kept = null;
        using var cancel = new CancellationTokenSource();
        var watch = new TrainingWatch
        {
            EverySteps = 1,
            Look = progress => progress.Step == step,
            Keep = state =>
            {
                kept = state;
                cancel.Cancel();
            },
        };
        try
        {
            Train(network: network, recipe: recipe, watch: watch, cancellation: cancel.Token);
        }
        catch (OperationCanceledException)
        {
            // the state is kept
        }
        return kept!;
    }
}
