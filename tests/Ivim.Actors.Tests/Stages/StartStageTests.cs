using Ivim.Actors.Stages;
using Ivim.Actors.Tests.Artifacts;
using Ivim.Actors.Tests.Hosting;
using Ivim.Actors.Tests.Work;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Learning;

namespace Ivim.Actors.Tests.Stages;

public sealed class StartStageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_scan_with_the_same_b_values_finds_the_start_of_the_first()
    {
        var first = new StudyWalk(_folder, SmallSeries.Write(_folder["one"]), TinyNetwork.WithStart(), "shared");
        var second = new StudyWalk(
            _folder, SmallSeries.Write(_folder["two"], _ => true), TinyNetwork.WithStart(), "shared");
        first.Run(ItemName.Prepare);
        Assert.False(first.Run(ItemName.Start(0)).Reused);
        Assert.False(second.Run(ItemName.Prepare).Reused);
        var watch = new ScriptedWatch();
        Assert.True(second.Run(ItemName.Start(0), watch: watch).Reused);
        Assert.Null(watch.Steps);
        Assert.False(second.Run(ItemName.Start(1)).Reused);
        Assert.NotEqual(first.Run(ItemName.Weights(0)).Outputs[0], second.Run(ItemName.Weights(0)).Outputs[0]);
    }

    [Fact]
    public void Scans_with_other_b_values_have_starts_of_their_own()
    {
        var dossier = SmallSeries.Write(_folder["in"]);
        var all = new StudyWalk(_folder, dossier, TinyNetwork.WithStart());
        var some = new StudyWalk(
            _folder, dossier, TinyNetwork.WithStart() with { Input = new() { BMaxSecondsPerMm2 = 600 } });
        all.Run(ItemName.Prepare);
        some.Run(ItemName.Prepare);
        Assert.NotEqual(all.Item(ItemName.Start(0)).Key, some.Item(ItemName.Start(0)).Key);
    }

    [Fact]
    public void A_start_that_is_cancelled_goes_on_from_its_checkpoint_with_the_same_end()
    {
        var dossier = SmallSeries.Write(_folder["in"]);
        var undisturbed = new StudyWalk(_folder, dossier, TinyNetwork.WithStart(), "undisturbed");
        undisturbed.Run(ItemName.Prepare);
        var whole = new ScriptedWatch();
        var expected = undisturbed.Run(ItemName.Start(0), watch: whole).Outputs.ToArray();
        var walk = new StudyWalk(_folder, dossier, TinyNetwork.WithStart(), "disturbed");
        walk.Run(ItemName.Prepare);
        using var cancel = new CancellationTokenSource();
        var (first, second) = (new ScriptedWatch(_ => cancel.Cancel()), new ScriptedWatch());
        Assert.Throws<OperationCanceledException>(() =>
            walk.Run(ItemName.Start(0), watch: first, cancellation: cancel.Token));
        Assert.Equal(expected, walk.Run(ItemName.Start(0), watch: second).Outputs.ToArray());
        Assert.Equal(first.Steps, second.ResumedAt);
        Assert.Equal((TinyNetwork.StartSteps, whole.Steps), (whole.Steps, first.Steps + second.Steps));
    }

    /// <summary>
    /// One step at the least learning rate moves no weight by more than that: what comes out is the start.
    /// </summary>
    [Theory]
    [InlineData(TrainingScopes.Study)]
    [InlineData(TrainingScopes.Slab)]
    [InlineData(TrainingScopes.StudyThenSlab)]
    public void The_training_of_every_scope_begins_from_the_start(string scope)
    {
        var protocol = TinyNetwork.WithStart(scope);
        protocol = protocol with
        {
            Training = protocol.Training with
            {
                Steps = 1, SlabSteps = 1, LearningRate = 1e-9, FinalLearningRate = 0,
            },
        };
        var walk = new StudyWalk(_folder, SmallSeries.Write(_folder["in"]), protocol);
        walk.Run(ItemName.Prepare);
        var start = TrainedMember.From(walk.Read(walk.Run(ItemName.Start(0)), StudyPlan.Weights));
        if (protocol.TrainsStudy) walk.Run(ItemName.Weights(0));
        var maps = SlabMaps.From(walk.Read(walk.Run(ItemName.Maps(0, 0)), StudyPlan.Maps)).Maps;
        var slab = SignalVoxels.From(walk.Read(walk.Run(ItemName.Prepare), StudyPlan.SlabName(0)));
        var expected = new Inference(ComputeDevice.Resolve("cpu")).Map(start, ProtocolRecipes.Network(protocol),
            ProtocolRecipes.Bounds(protocol), slab.BValues, slab.CoreSignals, CancellationToken.None);
        for (int i = 0; i < expected.D.Length; i++)
            Assert.Equal(expected.D[i], maps.D[i], 1e-7); // D spans 5e-3
    }
}
