namespace Ivim.Learning;

/// <summary>Which voxels a training learns from, and on which its loss is watched.</summary>
/// <param name="Learnt">All of them where none is held back.</param>
/// <param name="Watched">The probe; of the voxels held back where there are some.</param>
internal sealed record VoxelSplit(int[] Learnt, int[] Watched)
{
    /// <param name="seed">Draws the voxels that are held back.</param>
    public static VoxelSplit Of(int voxels, TrainingRecipe recipe, MemberSeed seed)
    {
        int held = (int)Math.Round(recipe.ValidationShare * voxels);
        if (recipe.ValidationShare == 0 || voxels < 2)
        {
            int[] all = [.. Enumerable.Range(0, voxels)];
            return new VoxelSplit(all, EvenlySpaced(all, recipe.ProbeVoxels));
        }
        int[] order = seed.Split.Permutation(voxels);
        held = Math.Clamp(held, 1, voxels - 1);
        return new VoxelSplit(order[held..], EvenlySpaced(order[..held], recipe.ProbeVoxels));
    }

    private static int[] EvenlySpaced(int[] voxels, int wanted)
    {
        int count = Math.Min(voxels.Length, wanted);
        return [.. Enumerable.Range(0, count).Select(i => voxels[(int)((long)i * voxels.Length / count)])];
    }
}
