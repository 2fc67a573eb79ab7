using Ivim.Physics.Noise;
using Ivim.Physics.Numerics;

namespace Ivim.Imaging.Denoising;

/// <summary>All patches with centres in one row of the image, one after another along x. The workspace of a
/// thread.</summary>
internal sealed class PatchRow
{
    private readonly SliceBlock _block;
    private readonly SliceRing _ring;
    private readonly LocalPcaOptions _options;
    private readonly PatchSize _patch;
    private readonly (int First, int Last) _wanted;
    private readonly ColumnMoments _moments;
    private readonly SymmetricSpectrum _spectrum;
    private readonly PatchProjection _projection;
    private readonly double[] _mean;
    private readonly int[] _column, _samples;
    private readonly List<int> _wantedOfColumn = [];
    private readonly bool[] _wantedCentres;
    private readonly double _tau;

    public PatchRow(
        SliceBlock block, SliceRing ring, LocalPcaOptions options, PatchSize patch, (int First, int Last) wanted)
    {
        (_block, _ring, _options, _patch, _wanted) = (block, ring, options, patch, wanted);
        int volumes = block.Whole.Volumes, perColumn = patch.Height * patch.Depth;
        _moments = new ColumnMoments(volumes, patch.Width, perColumn);
        _spectrum = new SymmetricSpectrum(volumes);
        _projection = new PatchProjection(volumes, patch.Samples);
        _mean = new double[ring.Stride];
        (_column, _samples) = (new int[perColumn], new int[patch.Samples]);
        _wantedCentres = new bool[block.Whole.Width];
        _tau = options.TauFactor ?? MarchenkoPastur.EdgeFactor(volumes, patch.Samples);
    }

    public void Add(int centreSlice, int centreRow)
    {
        int width = _block.Whole.Width, radius = _patch.Width / 2;
        Place(centreSlice, centreRow);
        for (int x = 0; x < width; x++)
            _wantedCentres[x] = x >= radius && x < width - radius && Wanted(x, centreRow, centreSlice);
        for (int x = 0; x < width; x++)
        {
            int from = Math.Max(0, x - radius), to = Math.Min(width - 1, x + radius);
            if (!_wantedCentres.AsSpan(from..(to + 1)).Contains(true)) continue;
            AddColumn(x);
            if (x - radius >= 0 && _wantedCentres[x - radius] && _moments.AllFinite)
                AddPatch(x - _patch.Width + 1, BlockIndex(x - radius, centreRow, centreSlice));
        }
    }

    /// <summary>Where the patch's voxels at x = 0 lie in the ring, and which of them lie in wanted slices.</summary>
    private void Place(int centreSlice, int centreRow)
    {
        int count = 0;
        _wantedOfColumn.Clear();
        for (int slice = centreSlice - _patch.Depth / 2; slice <= centreSlice + _patch.Depth / 2; slice++)
        {
            bool wanted = slice >= _wanted.First && slice <= _wanted.Last;
            for (int row = centreRow - _patch.Height / 2; row <= centreRow + _patch.Height / 2; row++)
            {
                _column[count] = _ring.Start(slice) + row * _block.Whole.Width;
                if (wanted) _wantedOfColumn.Add(_column[count]);
                count++;
            }
        }
    }

    private void AddColumn(int x)
    {
        bool finite = true;
        for (int s = 0; s < _column.Length; s++)
        {
            int voxel = _column[s] + x;
            finite &= _ring.Finite[voxel];
            _ring.Signals.AsSpan(voxel * _ring.Stride, _ring.Stride).CopyTo(_moments.Sample(s));
        }
        _moments.Close(x, finite);
    }

    private bool Wanted(int x, int y, int slice)
    {
        if (_options.Mask.Length == 0) return true;
        // The voxels at a border have no patch of their own: the outermost patch stands in for them.
        var (x0, x1) = Reach(x, _patch.Width, _block.Whole.Width);
        var (y0, y1) = Reach(y, _patch.Height, _block.Whole.Height);
        var (z0, z1) = Reach(slice, _patch.Depth, _block.Whole.Slices);
        for (int z = z0; z <= z1; z++)
        {
            for (int row = y0; row <= y1; row++)
            {
                if (_options.Mask.AsSpan(BlockIndex(x0, row, z), x1 - x0 + 1).Contains(true)) return true;
            }
        }
        return false;
    }

    private static (int First, int Last) Reach(int centre, int size, int extent) =>
        (centre == size / 2 ? 0 : centre, centre == extent - 1 - size / 2 ? extent - 1 : centre);

    private int BlockIndex(int x, int y, int slice) =>
        ((slice - _block.FirstSlice) * _block.Whole.Height + y) * _block.Whole.Width + x;

    private void AddPatch(int firstColumn, int centre)
    {
        _moments.Covariance(_mean, _spectrum.Matrix);
        _spectrum.Solve();
        var (variance, edge) = Noise(centre);
        int kept = 0;
        while (kept < _spectrum.Order && _spectrum.Values[_spectrum.Order - 1 - kept] >= edge) kept++;
        double weight = 1.0 / (1 + kept);
        _projection.Prepare(_spectrum, kept, _mean, weight);
        int count = 0;
        foreach (int voxel in _wantedOfColumn)
        {
            for (int dx = 0; dx < _patch.Width; dx++) _samples[count++] = voxel + firstColumn + dx;
        }
        var samples = _samples.AsSpan(0, count);
        _projection.Add(_ring.Signals, _ring.Estimates, samples);
        foreach (int voxel in samples)
        {
            _ring.Weights[voxel] += weight;
            _ring.Variances[voxel] += weight * variance;
            _ring.Kept[voxel] += kept;
            _ring.Patches[voxel]++;
        }
    }

    /// <summary>The noise variance that is reported, and the eigenvalue from which on components are kept.</summary>
    private (double Variance, double Edge) Noise(int centre)
    {
        if (_options.Sigma.Length > 0)
        {
            double sigma = _options.Sigma.Length == 1 ? _options.Sigma[0] : _options.Sigma[centre];
            return (sigma * sigma, _tau * _tau * (sigma * sigma));
        }
        var (variance, noise) = MarchenkoPastur.Classify(_spectrum.Values, _patch.Samples);
        double unbiasing = _options.UnbiasedSigma
            ? MarchenkoPastur.Unbiasing(_patch.Samples, _spectrum.Order - noise) : 1;
        return (variance * unbiasing, _tau * _tau * variance);
    }
}
