namespace Ivim.Learning;

/// <summary>
/// The windowed moving variance of what a network answers for the probe (ES-WMV, Wang et al. 2021, arXiv
/// 2112.06074): while the tissue is learnt the answers settle, once the noise is learnt they move again, and the
/// least variance lies between. Published for images by the thousand iterations; here an answer is the four parameters
/// of every probe voxel, each in units of its bounds' width, and the clock is the evaluations.
/// </summary>
internal sealed class MovingVariance(int window, int patience)
{
    private readonly List<float[]> _answers = [];
    private double _least = double.PositiveInfinity;
    private int _waited;

    /// <summary>Whether the least variance was passed as many evaluations ago as the patience lasts.</summary>
    public bool HasRisen => _waited >= patience;

    /// <summary>Copies of the weights at the least variance; null before there was one.</summary>
    public NamedArrays? Weights { get; private set; }

    /// <summary>Probe loss at the least variance.</summary>
    public double Loss { get; private set; } = double.PositiveInfinity;

    /// <param name="counts">
    /// False while no rule may stop the training: a minimum that may not be chosen is not looked for.
    /// </param>
    public void Add(float[] answer, double loss, bool counts, Func<NamedArrays> weights)
    {
        _answers.Add(answer);
        if (_answers.Count > window) _answers.RemoveAt(0);
        if (!counts || _answers.Count < window) return;
        double variance = Variance();
        if (variance < _least) (_least, _waited, Weights, Loss) = (variance, 0, weights(), loss);
        else _waited++;
    }

    public IEnumerable<NamedArray> ToArrays() => [
        new NamedArray("answers", _answers.SelectMany(answer => answer).ToArray(), _answers.Count,
            _answers.Count == 0 ? 0 : _answers[0].Length),
        new NamedArray("numbers", new[] { _least, Loss }, 2),
        new NamedArray("waited", new long[] { _waited }, 1),
        .. Weights?.Into("weights") ?? [],
    ];

    public void Load(NamedArrays arrays)
    {
        float[] answers = arrays.Floats("answers");
        int length = arrays["answers"].Shape[1];
        for (int from = 0; from < answers.Length; from += length) _answers.Add(answers[from..(from + length)]);
        double[] numbers = arrays.Doubles("numbers");
        (_least, Loss, _waited) = (numbers[0], numbers[1], (int)arrays.Longs("waited")[0]);
        if (double.IsFinite(_least)) Weights = arrays.In("weights");
    }

    /// <summary>Mean over the window and the answer's numbers of the squared distance to the window's mean.</summary>
    private double Variance()
    {
        double sum = 0;
        for (int i = 0; i < _answers[0].Length; i++)
        {
            double mean = 0;
            foreach (float[] answer in _answers) mean += answer[i] / (double)window;
            foreach (float[] answer in _answers) sum += (answer[i] - mean) * (answer[i] - mean);
        }
        return sum / window / _answers[0].Length;
    }
}
