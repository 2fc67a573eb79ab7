namespace Ivim.Physics.Spatial;

/// <summary>
/// Newton-like steps on one slice: conjugate gradients on the majoriser's system, then a line search.
/// </summary>
internal sealed class SliceDescent(SliceField field, TransformedBounds bounds, MarkovRandomFieldOptions options)
{
    private const int Halvings = 12;

    public int Steps { get; private set; }

    public bool HasConverged { get; private set; }

    /// <param name="x">[3, padded voxels], is moved to the minimum.</param>
    public void Run(double[][] x)
    {
        foreach (double edgeWidth in options.EdgeWidths) Run(x, edgeWidth);
    }

    private void Run(double[][] x, double edgeWidth)
    {
        double cost = field.Cost(x, edgeWidth), quiet = cost;
        HasConverged = false;
        for (int step = 1; step <= options.MostSteps && !HasConverged; step++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            cost = Step(x, cost, edgeWidth);
            Steps++;
            if (step % options.QuietSteps != 0) continue;
            HasConverged = quiet - cost < options.TolerancePerVoxel * field.Voxels;
            quiet = cost;
        }
    }

    private double Step(double[][] x, double cost, double edgeWidth)
    {
        var direction = Solve(field.Linearise(x, edgeWidth));
        double length = 1;
        for (int halving = 0; halving < Halvings; halving++, length /= 2)
        {
            var trial = Moved(x, direction, length);
            double there = field.Cost(trial, edgeWidth);
            if (!(there < cost)) continue;
            for (int k = 0; k < 3; k++) trial[k].CopyTo(x[k], 0);
            return there;
        }
        return cost;
    }

    private double[][] Moved(double[][] x, double[][] direction, double length)
    {
        var moved = field.Arrays(3);
        for (int i = 0; i < field.Padded; i++)
        {
            moved[0][i] = bounds.D.Clamp(x[0][i] + length * direction[0][i]);
            moved[1][i] = bounds.F.Clamp(x[1][i] + length * direction[1][i]);
            moved[2][i] = bounds.DStar.Clamp(x[2][i] + length * direction[2][i]);
        }
        return moved;
    }

    /// <summary>
    /// The solution of (matrix) p = −gradient, by conjugate gradients with every voxel's own block inverted.
    /// </summary>
    private double[][] Solve(double[][] gradient)
    {
        var blocks = field.Blocks();
        var (solution, product) = (field.Arrays(3), field.Arrays(3));
        var residual = gradient.Select(values => values.Select(g => -g).ToArray()).ToArray();
        var scaled = field.Arrays(3);
        Precondition(blocks, residual, scaled);
        var direction = scaled.Select(values => (double[])values.Clone()).ToArray();
        double size = Dot(residual, scaled), first = size;
        for (int iteration = 0; iteration < options.MostLinearIterations; iteration++)
        {
            if (!(size > options.LinearTolerance * options.LinearTolerance * first)) break;
            field.Multiply(direction, product);
            double step = size / Dot(direction, product);
            Add(solution, step, direction);
            Add(residual, -step, product);
            Precondition(blocks, residual, scaled);
            double next = Dot(residual, scaled);
            for (int k = 0; k < 3; k++)
            {
                for (int i = 0; i < field.Padded; i++)
                    direction[k][i] = scaled[k][i] + next / size * direction[k][i];
            }
            size = next;
        }
        return solution;
    }

    private static void Precondition(double[][] blocks, double[][] residual, double[][] scaled)
    {
        for (int i = 0; i < residual[0].Length; i++)
        {
            double h00 = blocks[0][i], h10 = blocks[1][i], h20 = blocks[3][i];
            double l10 = h10 / h00, l20 = h20 / h00;
            double d1 = blocks[2][i] - l10 * h10, l21 = (blocks[4][i] - l20 * h10) / d1;
            double d2 = blocks[5][i] - l20 * h20 - l21 * l21 * d1;
            double y0 = residual[0][i], y1 = residual[1][i] - l10 * y0, y2 = residual[2][i] - l20 * y0 - l21 * y1;
            double x2 = y2 / d2, x1 = y1 / d1 - l21 * x2;
            (scaled[0][i], scaled[1][i], scaled[2][i]) = (y0 / h00 - l10 * x1 - l20 * x2, x1, x2);
        }
    }

    private static double Dot(double[][] left, double[][] right)
    {
        double sum = 0;
        for (int k = 0; k < 3; k++)
            for (int i = 0; i < left[k].Length; i++) sum += left[k][i] * right[k][i];
        return sum;
    }

    private static void Add(double[][] to, double factor, double[][] values)
    {
        for (int k = 0; k < 3; k++)
            for (int i = 0; i < to[k].Length; i++) to[k][i] += factor * values[k][i];
    }
}
