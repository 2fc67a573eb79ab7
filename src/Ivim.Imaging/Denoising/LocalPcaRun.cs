using System.Collections.Concurrent;

namespace Ivim.Imaging.Denoising;

/// <summary>One pass through the slices, holding only as many as a patch is deep.</summary>
internal sealed class LocalPcaRun
{
    private readonly SliceBlock _block;
    private readonly int _first, _last, _perSlice;
    private readonly LocalPcaOptions _options;
    private readonly PatchSize _patch;
    private readonly SliceRing _ring;
    private readonly ConcurrentBag<PatchRow> _workspaces = [];
    private readonly float[] _signals, _sigma, _kept;

    public LocalPcaRun(SliceBlock block, int first, int last, LocalPcaOptions options, PatchSize patch)
    {
        (_block, _first, _last, _options, _patch) = (block, first, last, options, patch);
        _perSlice = (int)block.Whole.VoxelsPerSlice;
        _ring = new SliceRing(block, patch.Depth);
        int voxels = (last - first + 1) * _perSlice;
        _signals = new float[(long)voxels * block.Whole.Volumes];
        (_sigma, _kept) = (new float[voxels], new float[voxels]);
    }

    public DenoisedSlices Run(Action<double>? progress, CancellationToken cancellation)
    {
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = _options.Threads, CancellationToken = cancellation,
        };
        int radius = _patch.Depth / 2;
        int firstCentre = Math.Clamp(_first - radius, radius, _block.Whole.Slices - 1 - radius);
        int lastCentre = Math.Clamp(_last + radius, radius, _block.Whole.Slices - 1 - radius);
        for (int slice = firstCentre - radius; slice < firstCentre + radius; slice++) _ring.Load(slice, parallel);
        for (int centre = firstCentre; centre <= lastCentre; centre++)
        {
            _ring.Load(centre + radius, parallel);
            AddPatches(centre, parallel);
            Finish(centre - radius);
            progress?.Invoke((centre - firstCentre + 1.0) / (lastCentre - firstCentre + 1));
        }
        for (int slice = lastCentre - radius + 1; slice <= lastCentre + radius; slice++) Finish(slice);
        return new DenoisedSlices(_block.Whole, _first, _last - _first + 1, _patch, _signals, _sigma, _kept);
    }

    /// <summary>
    /// Rows of patches that do not overlap run side by side, and the groups of such rows one after another: so each
    /// voxel's sums grow in one order.
    /// </summary>
    private void AddPatches(int centre, ParallelOptions parallel)
    {
        int radius = _patch.Height / 2, rows = _block.Whole.Height - 2 * radius;
        for (int group = 0; group < _patch.Height; group++)
        {
            int offset = radius + group, count = (rows - group + _patch.Height - 1) / _patch.Height;
            if (count < 1) break;
            Parallel.For(0, count, parallel, index =>
            {
                if (!_workspaces.TryTake(out var row))
                    row = new PatchRow(_block, _ring, _options, _patch, (_first, _last));
                row.Add(centre, offset + index * _patch.Height);
                _workspaces.Add(row);
            });
        }
    }

    private void Finish(int slice)
    {
        if (slice < _first || slice > _last) return;
        int ring = _ring.Start(slice), target = (slice - _first) * _perSlice;
        int raw = (slice - _block.FirstSlice) * _perSlice, volumes = _block.Whole.Volumes;
        int outVoxels = _sigma.Length;
        for (int i = 0; i < _perSlice; i++)
        {
            double weight = _ring.Weights[ring + i];
            bool covered = weight > 0 && (_options.Mask.Length == 0 || _options.Mask[raw + i]);
            for (int volume = 0; volume < volumes; volume++)
            {
                double value = covered
                    ? _ring.Estimates[(ring + i) * _ring.Stride + volume] / weight
                    : _block.Voxels[volume * _block.VoxelsPerVolume + raw + i];
                if (covered && _options.ClipNegative) value = Math.Max(value, 0);
                _signals[volume * outVoxels + target + i] = (float)value;
            }
            _kept[target + i] = covered ? (float)_ring.Kept[ring + i] / _ring.Patches[ring + i] : float.NaN;
            _sigma[target + i] = covered ? (float)Sigma(ring + i, raw + i, weight) : float.NaN;
        }
    }

    private double Sigma(int ringIndex, int blockIndex, double weight) => _options.Sigma.Length switch
    {
        0 => Math.Sqrt(_ring.Variances[ringIndex] / weight),
        1 => _options.Sigma[0],
        _ => _options.Sigma[blockIndex],
    };
}
