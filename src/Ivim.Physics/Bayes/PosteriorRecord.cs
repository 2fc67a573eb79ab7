namespace Ivim.Physics.Bayes;

/// <summary>What is kept of the samples: moments of half chains for R-hat, a histogram for the quantiles.</summary>
/// <remarks>
/// Memory does not grow with the number of samples: 3 (2 · 64 + 16 C + 8) bytes a voxel with C chains, 600 with 4. The
/// second half of the burn-in says where each histogram lies: 64 bins over its mean ± 5 standard deviations. Quantiles
/// are interpolated inside a bin, which is 0.16 standard deviations wide.
/// </remarks>
internal sealed class PosteriorRecord
{
    public const int Bins = 64;

    private const int Parameters = Population.Parameters;
    private const float HalfRange = 5;             // standard deviations
    private const float SmallestWidth = 1e-5f;     // of θ; where burn-in never moved

    private readonly int _slots;
    private readonly int _chains;
    private readonly float[] _centre;              // [3, slots]
    private readonly float[] _width;               // [3, slots], a standard deviation
    private readonly float[] _sums;                // [chains, 2 halves, 3, slots], Σ d, d = (θ − centre)/width
    private readonly float[] _squares;             // the same of d²
    private readonly ushort[] _histogram;          // [slots, 3, Bins]

    public PosteriorRecord(int chains, int slots)
    {
        (_chains, _slots) = (chains, slots);
        (_centre, _width) = (new float[Parameters * slots], new float[Parameters * slots]);
        Array.Fill(_width, 1f);
        _sums = new float[chains * 2 * Parameters * slots];
        _squares = new float[_sums.Length];
        _histogram = new ushort[slots * Parameters * Bins];
    }

    public IEnumerable<Array> State => [_centre, _width, _sums, _squares, _histogram];

    /// <summary>Before the second half of the burn-in: sums are taken about where the first chain stands.</summary>
    public void BeginRanging(Chain first)
    {
        for (int i = 0; i < Parameters; i++) Array.Copy(first.Theta[i], 0, _centre, i * _slots, _slots);
    }

    /// <summary>
    /// Adds every chain's θ in a block to the moments; to the histogram too where that has its place.
    /// </summary>
    public void Add(IReadOnlyList<Chain> chains, SlotBlock block, int half, bool withHistogram)
    {
        for (int chain = 0; chain < chains.Count; chain++)
        {
            for (int parameter = 0; parameter < Parameters; parameter++)
            {
                float[] theta = chains[chain].Theta[parameter];
                int sums = Index(chain, half, parameter, 0), place = parameter * _slots;
                for (int slot = block.First; slot < block.First + block.Count; slot++)
                {
                    float d = (theta[slot] - _centre[place + slot]) / _width[place + slot];
                    if (half < 2)
                    {
                        _sums[sums + slot] += d;
                        _squares[sums + slot] += d * d;
                    }
                    if (withHistogram) _histogram[(slot * Parameters + parameter) * Bins + Bin(d)]++;
                }
            }
        }
    }

    /// <summary>Places the histograms by the moments so far, over all chains, and starts from nothing.</summary>
    /// <param name="samples">Records of one chain, all in half 0.</param>
    public void EndRanging(int samples)
    {
        for (int parameter = 0; parameter < Parameters; parameter++)
        {
            for (int slot = 0; slot < _slots; slot++)
            {
                double sum = 0, squares = 0;
                for (int chain = 0; chain < _chains; chain++)
                {
                    sum += _sums[Index(chain, 0, parameter, slot)];
                    squares += _squares[Index(chain, 0, parameter, slot)];
                }
                double count = (double)samples * _chains, mean = sum / count;
                int place = parameter * _slots + slot;
                _centre[place] += (float)mean;
                _width[place] = Math.Max(
                    SmallestWidth, (float)Math.Sqrt(Math.Max(0, squares / count - mean * mean)));
            }
        }
        Array.Clear(_sums);
        Array.Clear(_squares);
    }

    /// <summary>
    /// The q-quantile of θ over all chains; and whether it lies in an outer bin, where it is a limit only.
    /// </summary>
    public (double Theta, bool IsLimit) Quantile(int slot, int parameter, double q)
    {
        var bins = _histogram.AsSpan((slot * Parameters + parameter) * Bins, Bins);
        long total = 0;
        foreach (ushort count in bins) total += count;
        double wanted = q * total;
        int bin = 0;
        while (bin < Bins - 1 && wanted >= bins[bin]) wanted -= bins[bin++];
        double inside = bins[bin] == 0 ? 0.5 : Math.Min(1, wanted / bins[bin]);
        double d = ((bin + inside) * (2 * HalfRange / Bins)) - HalfRange;
        int place = parameter * _slots + slot;
        return (_centre[place] + _width[place] * d, bin is 0 or Bins - 1);
    }

    /// <summary>R-hat of θ from half chains of <paramref name="samples"/> records each.</summary>
    public double RHat(int slot, int parameter, int samples)
    {
        Span<double> means = stackalloc double[2 * _chains];
        Span<double> variances = stackalloc double[2 * _chains];
        for (int i = 0; i < means.Length; i++)
        {
            int index = Index(i / 2, i % 2, parameter, slot);
            means[i] = _sums[index] / samples;
            variances[i] = Math.Max(0, (_squares[index] - samples * means[i] * means[i]) / (samples - 1));
        }
        return PotentialScaleReduction.Of(means, variances, samples);
    }

    private static int Bin(float d)
    {
        int bin = (int)((d + HalfRange) * (Bins / (2 * HalfRange)));
        return Math.Clamp(bin, 0, Bins - 1);
    }

    private int Index(int chain, int half, int parameter, int slot) =>
        ((chain * 2 + half) * Parameters + parameter) * _slots + slot;
}
