namespace Ivim.Learning.Tests;

public class VoxelSplitTests
{
    [Fact]
    public void Held_back_voxels_are_watched_and_not_learnt_from()
    {
        var recipe = new TrainingRecipe { ValidationShare = 0.1, ProbeVoxels = 1000 };
        var split = VoxelSplit.Of(500, recipe, new MemberSeed(1, 2, 3));
        Assert.Equal((450, 50), (split.Learnt.Length, split.Watched.Length));
        Assert.Equal(Enumerable.Range(0, 500), split.Learnt.Concat(split.Watched).Order());
        Assert.NotEqual(split.Watched, VoxelSplit.Of(500, recipe, new MemberSeed(1, 2, 4)).Watched);
        Assert.Equal(20, VoxelSplit.Of(500, recipe with { ProbeVoxels = 20 }, new MemberSeed(1, 2, 3)).Watched.Length);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 1)]
    [InlineData(4, 3, 1)]
    public void Few_voxels_still_make_two_sets(int voxels, int learnt, int watched)
    {
        var split = VoxelSplit.Of(voxels, new TrainingRecipe { ValidationShare = 0.1 }, new MemberSeed(1, 2, 3));
        Assert.Equal((learnt, watched), (split.Learnt.Length, split.Watched.Length));
    }

    [Fact]
    public void Without_a_share_all_voxels_are_learnt_from_in_their_order() => Assert.Equal(Enumerable.Range(0, 30),
        VoxelSplit.Of(30, new TrainingRecipe(), new MemberSeed(1, 2, 3)).Learnt);
}
