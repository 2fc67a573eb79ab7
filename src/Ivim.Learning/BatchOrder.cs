namespace Ivim.Learning;

/// <summary>
/// Which voxels each step learns from: the epochs' permutations one after the other, cut into batches of equal size.
/// Step n follows from the seed and n alone, so that a resumed training needs no memory of the steps before.
/// </summary>
internal sealed class BatchOrder(MemberSeed seed, int voxels, int batchVoxels)
{
    private long _epoch = -1;
    private int[] _permutation = [];

    /// <param name="step">From 0.</param>
    public int[] At(int step)
    {
        var batch = new int[batchVoxels];
        for (int i = 0; i < batchVoxels; i++)
        {
            long position = (long)step * batchVoxels + i, epoch = position / voxels;
            if (epoch != _epoch) (_epoch, _permutation) = (epoch, seed.Epoch(epoch).Permutation(voxels));
            batch[i] = _permutation[position % voxels];
        }
        return batch;
    }
}
