using Ivim.Actors.Artifacts;
using Ivim.Actors.Tests.Artifacts;
using Ivim.Actors.Tests.Hosting;
using Ivim.Actors.Tests.Work;
using Ivim.Domain.Work;
using Ivim.Learning;

namespace Ivim.Actors.Tests.Stages;

public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<byte[]> Checkpoints { get; } =
    [
        "not an array file"u8.ToArray(),
        ArrayFile.Write(new NamedArrays([new NamedArray("of-another-release", new[] { 1L }, 1)])),
    ];

    [Theory]
    [MemberData(nameof(Checkpoints))]
    public void A_training_whose_checkpoint_cannot_be_used_begins_again_with_the_same_end(byte[] checkpoint)
    {
        var dossier = SmallSeries.Write(_folder["in"], _ => true);
        var undisturbed = new StudyWalk(_folder, dossier, TinyNetwork.Protocol, "undisturbed");
        undisturbed.Run(ItemName.Prepare);
        var walk = new StudyWalk(_folder, dossier, TinyNetwork.Protocol, "disturbed");
        walk.Run(ItemName.Prepare);
        var key = walk.Item(ItemName.Weights(0)).Key;
        walk.Store.SaveCheckpoint(key, 5, checkpoint);
        Assert.Equal(
            undisturbed.Run(ItemName.Weights(0)).Outputs.ToArray(), walk.Run(ItemName.Weights(0)).Outputs.ToArray());
        Assert.Null(walk.Store.FindCheckpoint(key));
    }

    [Fact]
    public void A_training_that_is_cancelled_keeps_a_checkpoint_and_repeats_no_step()
    {
        var dossier = SmallSeries.Write(_folder["in"], _ => true);
        var undisturbed = new StudyWalk(_folder, dossier, TinyNetwork.Protocol, "undisturbed");
        undisturbed.Run(ItemName.Prepare);
        var whole = new ScriptedWatch();
        var expected = undisturbed.Run(ItemName.Weights(0), watch: whole).Outputs.ToArray();
        var walk = new StudyWalk(_folder, dossier, TinyNetwork.Protocol, "disturbed");
        walk.Run(ItemName.Prepare);
        using var cancel = new CancellationTokenSource();
        var (first, second) = (new ScriptedWatch(_ => cancel.Cancel()), new ScriptedWatch());
        Assert.Throws<OperationCanceledException>(() =>
            walk.Run(ItemName.Weights(0), watch: first, cancellation: cancel.Token));
        Assert.Equal(expected, walk.Run(ItemName.Weights(0), watch: second).Outputs.ToArray());
        Assert.Equal((first.Steps, first.Steps), (Assert.Single(first.Checkpoints), second.ResumedAt));
        Assert.Equal(whole.Steps, first.Steps + second.Steps);
    }
}
