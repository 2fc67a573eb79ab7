using Ivim.Actors.Tests.Artifacts;
using Ivim.Domain.Work;

namespace Ivim.Actors.Tests.Stages;

/// <summary>An item that tells no progress for long is taken for hung, so every long stage has to.</summary>
public sealed class StageProgressTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fit_merge_and_assembly_tell_of_growing_shares()
    {
        var walk = new StudyWalk(_folder, SmallSeries.Write(_folder["in"], output: _folder["out"]),
            StudyWalk.ThreeSlabs);
        walk.RunUntil(ItemName.Prepare);
        Assert.Equal(1, Told(walk, ItemName.Maps(0, 0))[^1]);
        walk.RunUntil(ItemName.Merge(0));
        Assert.NotEmpty(Told(walk, ItemName.Merge(1)));
        walk.RunUntil(ItemName.Merge(2));
        Assert.True(Told(walk, ItemName.Assemble).Count > 5, "once for every slab and every map");
    }

    private static List<double> Told(StudyWalk walk, ItemName item)
    {
        var told = new List<double>();
        walk.Run(item, told.Add);
        Assert.All(told, share => Assert.InRange(share, 0, 1));
        Assert.Equal(told.Order(), told);
        return told;
    }
}
