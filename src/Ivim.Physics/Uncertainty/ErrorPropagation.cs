using Ivim.Physics.Fits;

namespace Ivim.Physics.Uncertainty;

/// <summary>What the noise of the signals, and what the maps miss of them, does to each parameter.</summary>
/// <remarks>
/// The fit is made linear at the maps, S0 unknown, no prior. Raw signals: Cramér-Rao with the noise that the residuals
/// of a box of voxels tell. Denoised ones: a probe of noise went through the denoiser, and its answer goes through the
/// linear fit; its mean square over a box is the variance. So the noise's direction counts, which a
/// denoiser turns along its components, and also the components that it takes up or drops with other noise
/// (docs/uncertainty.md).
/// No error exceeds that of total ignorance, see <see cref="StandardErrors"/>. Spread over networks comes on top,
/// in squares.
/// </remarks>
public static class ErrorPropagation
{
    /// <returns>Standard deviation of D, f, D* and S0; total ignorance in voxels without a fit.</returns>
    public static ParameterErrors Of(UncertaintyInput input, UncertaintyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        options ??= new UncertaintyOptions();
        input.Check();
        var usable = Usable(input);
        var boxes = new BoxMean(input.Grid, usable, options.WindowInPlane, options.WindowSlices);
        var sigma = input.Noise is { } noise ? Array.ConvertAll(noise.Sigma, value => (double)value)
            : OfResiduals(input, usable, boxes, options.Cancellation);
        var answers = Answers(input, usable, sigma, options.Cancellation);
        var dStar = Each(2, options.Bounds.DStar);
        return new ParameterErrors(Each(0, options.Bounds.D), Each(1, options.Bounds.F),
            input.Noise is null ? OfNeighbours(dStar, usable, boxes) : dStar, Each(3, options.Bounds.S0));

        float[] Each(int parameter, Bounds range)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            var answer = answers[parameter];
            var left = input.Noise is null ? null : boxes.Of(Array.ConvertAll(answer.Probe, value => value * value));
            var missed = options.CountsMisfit ? boxes.Of(answer.Misfit) : null;
            double ignorance = StandardErrors.OfIgnorance(range), share = options.NoiseShare;
            var errors = new float[usable.Length];
            for (int voxel = 0; voxel < errors.Length; voxel++)
            {
                double variance = share * share * (left?[voxel] ?? 1);
                if (missed is not null) variance += missed[voxel] * missed[voxel];
                double error = answer.UnitError[voxel] * sigma[voxel] * Math.Sqrt(variance);
                errors[voxel] = (float)(usable[voxel] && error < ignorance ? error : ignorance);
            }
            return errors;
        }
    }

    /// <summary>
    /// Root mean square over a box: where noise makes D* of a raw voxel too low its error at that D* is too small.
    /// </summary>
    private static float[] OfNeighbours(float[] errors, bool[] usable, BoxMean boxes)
    {
        var squares = boxes.Of(Array.ConvertAll(errors, error => (double)error * error));
        return [.. errors.Select((error, voxel) => usable[voxel] ? (float)Math.Sqrt(squares[voxel]) : error)];
    }

    /// <summary>√ of the mean over a box of Σ n_b r² / (B − 4): the noise of one acquired volume.</summary>
    private static double[] OfResiduals(
        UncertaintyInput input, bool[] usable, BoxMean boxes, CancellationToken cancellation)
    {
        int b = input.Table.Count, freedom = b - LinearFit.Parameters;
        var squares = new double[usable.Length];
        ForEach(input, usable, (voxel, fit) =>
        {
            for (int i = 0; i < b; i++)
            {
                double residual = input.Signals[voxel * b + i] - fit.Model[i];
                squares[voxel] += input.Table.Averages[i] * residual * residual;
            }
        }, cancellation);
        return Array.ConvertAll(boxes.Of(squares),
            sum => freedom > 0 ? Math.Sqrt(sum / freedom) : double.PositiveInfinity);
    }

    /// <summary>Of every parameter, in units of the Cramér-Rao error of raw signals.</summary>
    private static Answer[] Answers(
        UncertaintyInput input, bool[] usable, double[] sigma, CancellationToken cancellation)
    {
        var answers = new Answer[LinearFit.Parameters];
        for (int parameter = 0; parameter < answers.Length; parameter++) answers[parameter] = new Answer(usable.Length);
        int b = input.Table.Count;
        ForEach(input, usable, (voxel, fit) =>
        {
            for (int parameter = 0; parameter < answers.Length; parameter++)
            {
                double unit = fit.UnitErrors[parameter];
                var answer = answers[parameter];
                answer.UnitError[voxel] = unit;
                double misfit = fit.Answer(parameter, input.Signals.AsSpan(voxel * b, b), fromModel: true);
                answer.Misfit[voxel] = sigma[voxel] > 0 ? misfit / (unit * sigma[voxel]) : 0;
                if (input.Noise is { } noise)
                    answer.Probe[voxel] =
                        fit.Answer(parameter, noise.Response.AsSpan(voxel * b, b), fromModel: false) / unit;
            }
        }, cancellation);
        return answers;
    }

    private static void ForEach(
        UncertaintyInput input, bool[] usable, Action<int, LinearFit> visit, CancellationToken cancellation)
    {
        var (fit, maps) = (new LinearFit(input.Table), input.Maps);
        for (int voxel = 0; voxel < usable.Length; voxel++)
        {
            if (voxel % 4096 == 0) cancellation.ThrowIfCancellationRequested();
            if (!usable[voxel]) continue;
            fit.At(maps.D[voxel], maps.F[voxel], maps.DStar[voxel], maps.S0[voxel]);
            visit(voxel, fit);
        }
    }

    /// <summary>Voxels that a method could fit, of finite signals.</summary>
    private static bool[] Usable(UncertaintyInput input)
    {
        int b = input.Table.Count;
        var (usable, maps) = (new bool[input.Maps.Voxels], input.Maps);
        for (int voxel = 0; voxel < usable.Length; voxel++)
        {
            usable[voxel] = maps.S0[voxel] > 0
                && float.IsFinite(maps.D[voxel] + maps.F[voxel] + maps.DStar[voxel] + maps.S0[voxel])
                && AllFinite(input.Signals.AsSpan(voxel * b, b))
                && (input.Noise is not { } noise || AllFinite(noise.Response.AsSpan(voxel * b, b)));
        }
        return usable;
    }

    private static bool AllFinite(ReadOnlySpan<float> values) =>
        !values.ContainsAnyExceptInRange(float.MinValue, float.MaxValue);

    private sealed class Answer(int voxels)
    {
        public double[] UnitError { get; } = new double[voxels];

        public double[] Probe { get; } = new double[voxels];

        public double[] Misfit { get; } = new double[voxels];
    }
}
