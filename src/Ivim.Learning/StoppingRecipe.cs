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

    /// <summary>The probe loss had not fallen for as long as the patience lasts.</summary>
    NoImprovement,

    /// <summary>
    /// The moving variance of the answers had passed its least value; the weights at that value are given back.
    /// </summary>
    VarianceRose,

    /// <summary>The loss was not a number any more; the best weights before that are given back.</summary>
    Diverged,
}

/// <summary>
/// Rules, each of which can be switched off. They look at the probe at every evaluation (its loss is L), and at nothing
/// that is not in a checkpoint, so that a resumed training decides as an uninterrupted one.
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
    /// the signals as a fit of every voxel alone has learnt their noise. Looks at the signals as measured
    /// (<see cref="TrainingSet.Measured"/>), where the network learns from denoised ones.
    /// </summary>
    public double NoiseFactor { get; init; }

    /// <summary>
    /// No improvement: stop when the least L is this many evaluations old; 0 is off. The rule of Barbieri et al. 2020
    /// and Kaandorp et al. 2021.
    /// </summary>
    public int LossPatience { get; init; }

    /// <summary>
    /// W, evaluations in the window of the moving variance (<see cref="MovingVariance"/>); 0 is off. Needs a constant
    /// learning rate.
    /// </summary>
    public int VarianceWindow { get; init; }

    /// <summary>Evaluations after the least variance before the training stops.</summary>
    public int VariancePatience { get; init; } = 20;

    /// <summary>The reason to stop now, or null to go on.</summary>
    /// <param name="losses">Probe losses, the first before any step, then one every evaluation.</param>
    /// <param name="measuredLoss">
    /// The last of them against the signals as measured; null where those were learnt.
    /// </param>
    /// <param name="varianceRose">What the moving variance says.</param>
    internal StopReason? Decide(int step, IReadOnlyList<double> losses, TrainingSet data, double? measuredLoss = null,
        bool varianceRose = false)
    {
        if (!MayStop(step, losses[^1], data)) return null;
        double noise = NoiseFactor * (data.NoiseVariance ?? 0) * (1 - 4.0 / data.B.Count);
        if ((measuredLoss ?? losses[^1]) < noise) return StopReason.NoiseReached;
        if (varianceRose) return StopReason.VarianceRose;
        if (LossPatience > 0 && EvaluationsSinceLeast(losses) >= LossPatience) return StopReason.NoImprovement;
        return RelativeChange > 0 && HasConverged(losses) ? StopReason.Converged : null;
    }

    /// <summary>The under-fit guard.</summary>
    internal bool MayStop(int step, double loss, TrainingSet data) => step >= LeastSteps && !IsUnderFit(loss, data);

    internal bool IsUnderFit(double loss, TrainingSet data) =>
        ReferenceFactor > 0 && data.ReferenceLoss is { } reference && loss > ReferenceFactor * reference;

    private static int EvaluationsSinceLeast(IReadOnlyList<double> losses)
    {
        int least = 0;
        for (int i = 1; i < losses.Count; i++)
        {
            if (losses[i] < losses[least]) least = i;
        }
        return losses.Count - 1 - least;
    }

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
