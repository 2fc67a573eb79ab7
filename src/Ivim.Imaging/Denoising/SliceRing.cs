using Ivim.Physics.Numerics;

namespace Ivim.Imaging.Denoising;

/// <summary>
/// A few neighbouring slices, with all volumes of a voxel side by side, and the sums of the estimates that patches made
/// of them. A slice lives in slot (slice mod depth).
/// </summary>
internal sealed class SliceRing
{
    private readonly SliceBlock _block;
    private readonly int _depth, _perSlice;

    public SliceRing(SliceBlock block, int depth)
    {
        (_block, _depth, _perSlice) = (block, depth, (int)block.Whole.VoxelsPerSlice);
        Stride = RowKernels.Padded(block.Whole.Volumes);
        Signals = new double[(long)depth * _perSlice * Stride];
        Estimates = new double[Signals.Length];
        int voxels = depth * _perSlice;
        (Finite, Weights, Variances) = (new bool[voxels], new double[voxels], new double[voxels]);
        (Kept, Patches) = (new int[voxels], new int[voxels]);
    }

    /// <summary>Entries between two voxels: the volumes, padded with zeros.</summary>
    public int Stride { get; }

    /// <summary>[slot, y, x, volume].</summary>
    public double[] Signals { get; }

    /// <summary>[slot, y, x, volume]: sums of weight x estimate.</summary>
    public double[] Estimates { get; }

    /// <summary>[slot, y, x]: all volumes are finite; the signals of other voxels are not to be read.</summary>
    public bool[] Finite { get; }

    /// <summary>[slot, y, x]: sums of the patches' weights.</summary>
    public double[] Weights { get; }

    /// <summary>[slot, y, x]: sums of weight x noise variance.</summary>
    public double[] Variances { get; }

    /// <summary>[slot, y, x]: sums of the components kept.</summary>
    public int[] Kept { get; }

    /// <summary>[slot, y, x]: number of patches.</summary>
    public int[] Patches { get; }

    /// <summary>Index of a slice's first voxel in the ring.</summary>
    public int Start(int slice) => slice % _depth * _perSlice;

    /// <summary>Takes a slice in, in the place of the one that is <c>depth</c> before it.</summary>
    public void Load(int slice, ParallelOptions parallel)
    {
        int start = Start(slice), width = _block.Whole.Width, volumes = _block.Whole.Volumes;
        int source = (slice - _block.FirstSlice) * _perSlice;
        Estimates.AsSpan(start * Stride, _perSlice * Stride).Clear();
        Weights.AsSpan(start, _perSlice).Clear();
        Variances.AsSpan(start, _perSlice).Clear();
        Kept.AsSpan(start, _perSlice).Clear();
        Patches.AsSpan(start, _perSlice).Clear();
        Finite.AsSpan(start, _perSlice).Fill(true);
        Parallel.For(0, _block.Whole.Height, parallel, y =>
        {
            for (int volume = 0; volume < volumes; volume++)
            {
                var row = _block.Volume(volume).Slice(source + y * width, width);
                int target = start + y * width;
                for (int x = 0; x < width; x++)
                {
                    Signals[(target + x) * Stride + volume] = row[x];
                    if (!float.IsFinite(row[x])) Finite[target + x] = false;
                }
            }
        });
    }
}
