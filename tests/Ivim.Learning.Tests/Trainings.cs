using Ivim.Physics;

namespace Ivim.Learning.Tests;

/// <summary>Short trainings that the tests share.</summary>
internal static class Trainings
{
    public static ComputeDevice Cpu { get; } = ComputeDevice.Resolve("cpu");

    public static SimulatedVoxels Voxels { get; } = SimulatedVoxels.Draw(800, 50, SimulatedVoxels.TwelveB);

    public static TrainingRecipe Short { get; } =
        new() { Steps = 24, BatchVoxels = 64, EvaluateEvery = 6, ProbeVoxels = 128 };

    public static TrainedMember Train(ulong member = 0, NetworkRecipe? network = null, TrainingRecipe? recipe = null,
        TrainingState? resume = null, NamedArrays? warmStart = null, TrainingWatch? watch = null,
        TrainingSet? data = null,
        CancellationToken cancellation = default) =>
        new Trainer(Cpu).Train(data ?? Voxels.Training(), network ?? new(), recipe ?? Short, ParameterBounds.Default,
            new MemberSeed(11, 3, member), resume, warmStart, watch ?? TrainingWatch.None, cancellation);

    public static ParameterMaps Map(TrainedMember member, SimulatedVoxels voxels, NetworkRecipe? network = null) =>
        new Inference(Cpu).Map(member, network ?? new(), ParameterBounds.Default, voxels.B, voxels.Signals, default);

    public static void SameBits(TrainedMember expected, TrainedMember actual) =>
        Assert.True(expected.ToArrays().HaveSameBits(actual.ToArrays()));
}
