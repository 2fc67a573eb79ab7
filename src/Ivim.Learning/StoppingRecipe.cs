namespace Ivim.Learning;

/// <summary>Why a training ended.</summary>
public enum StopReason
{
    /// <summary>All steps of the recipe were made.</summary>
    AllSteps,

    /// <summary>The probe loss had stopped changing.</summary>
    Converged,

    /// <summary>The probe loss had reached what the noise alone leaves.</summary>
    NoiseReached,

    /// <summary>The loss was not a number any more; the best weights before that are given back.</summary>
    Diverged,
}

/// <summary>
/// Three rules, each of which can be switched off. They look at the probe loss L at every evaluation, and at nothing
/// else, so that a resumed training decides as an uninterrupted one.
/// </summary>
public sealed record StoppingRecipe
{
    /// <summary>Under-fit guard: no rule stops a training before this step.</summary>
    public int LeastSteps { get; init; } = 500;

    /// <summary>
    /// Under-fit guard: no rule stops while L exceeds this multiple of the reference loss, where that is known; 0 is
    /// off. Kaandorp et al. 2023 found that early stopping under-trains such networks.
    /// </summary>
    public double ReferenceFactor { get; init; } = 1.5;

    /// <summary>
    /// Converged: |m(e) - m(e - w)| / m(e - w) stays below this, m the running mean over a window w; 0 is off. A
    /// relative tolerance in the manner of Ashby et al. for linear solvers; which rule Li and Huang use is not known
    /// to us.
    /// </summary>
    public double RelativeChange { get; init; }

    /// <summary>w, in evaluations.</summary>
    public int Window { get; init; } = 10;

    /// <summary>For how many evaluations in a row the change must be that small.</summary>
    public int Patience { get; init; } = 3;

    /// <summary>
    /// Discrepancy principle (Morozov 1966): stop where L falls below this multiple of noise variance (1 - 4 / B), what
    /// the noise leaves of a fit with four parameters; 0 is off. A little above 1, since a network that is as close to
    /// the signals as a fit of every voxel alone has learnt their noise. For signals that were not denoised.
    /// </summary>
    public double NoiseFactor { get; init; }

    /// <summary>The reason to stop now, or null to go on.</summary>
    /// <param name="losses">Probe losses, the first before any step, then one every evaluation.</param>
    internal StopReason? Decide(int step, IReadOnlyList<double> losses, TrainingSet data)
    {
        if (step < LeastSteps || IsUnderFit(losses[^1], data)) return null;
        double noise = NoiseFactor * (data.NoiseVariance ?? 0) * (1 - 4.0 / data.B.Count);
        if (losses[^1] < noise)
            return StopReason.NoiseReached;
        return RelativeChange > 0 && HasConverged(losses) ? StopReason.Converged : null;
    }

    internal bool IsUnderFit(double loss, TrainingSet data) =>
        ReferenceFactor > 0 && data.ReferenceLoss is { } reference && loss > ReferenceFactor * reference;

    private bool HasConverged(IReadOnlyList<double> losses)
    {
        if (losses.Count < 2 * Window + Patience - 1) return false;
        for (int back = 0; back < Patience; back++)
        {
            double now = Mean(losses, losses.Count - back), before = Mean(losses, losses.Count - back - Window);
            if (Math.Abs(now - before) >= RelativeChange * before) return false;
        }
        return true;
    }

    private double Mean(IReadOnlyList<double> losses, int end)
    {
        double sum = 0;
        for (int i = end - Window; i < end; i++) sum += losses[i];
        return sum / Window;
    }
}
