using Ivim.Physics.Spatial;

namespace Ivim.Physics.Tests.Spatial;

public sealed class MarkovRandomFieldMapTests
{
    private static readonly DenoisedStudy Study = DenoisedStudy.Make(24, 24, 4);
    private static readonly MarkovRandomFieldResult Whole = Fit(new MarkovRandomFieldOptions());

    [Fact]
    public void The_gradient_is_the_slope_of_the_cost()
    {
        const double Step = 1e-5, EdgeWidth = 0.03;
        var (field, x) = SmallField();
        var gradient = field.Linearise(x, EdgeWidth).Select(values => (double[])values.Clone()).ToArray();
        for (int k = 0; k < 3; k++)
        {
            for (int voxel = 0; voxel < field.Voxels; voxel++)
            {
                double here = x[k][voxel];
                x[k][voxel] = here + Step;
                double above = field.Cost(x, EdgeWidth);
                x[k][voxel] = here - Step;
                double slope = (above - field.Cost(x, EdgeWidth)) / (2 * Step);
                x[k][voxel] = here;
                // Costs near 100 to 1e-16 each, divided by the step; the rest is the third derivative.
                Assert.Equal(slope, gradient[k][voxel], 1e-5 * (1 + Math.Abs(slope)));
            }
        }
    }

    [Fact]
    public void The_matrix_is_symmetric_and_its_blocks_are_its_own()
    {
        var (field, x) = SmallField();
        field.Linearise(x, 0.01);
        var (p, q) = (Random(field, 1), Random(field, 2));
        var (matrixP, matrixQ) = (field.Arrays(3), field.Arrays(3));
        field.Multiply(p, matrixP);
        field.Multiply(q, matrixQ);
        double left = Dot(q, matrixP), right = Dot(p, matrixQ);
        Assert.Equal(left, right, 1e-10 * Math.Abs(left));
        var unit = field.Arrays(3);
        unit[1][2] = 1;
        field.Multiply(unit, matrixP);
        Assert.Equal(field.Blocks()[2][2], matrixP[1][2], 1e-9 * matrixP[1][2]);
    }

    [Fact]
    public void It_converges_and_stays_where_it_converged()
    {
        var options = new MarkovRandomFieldOptions();
        var found = Whole;
        Assert.All(found.HasConverged, Assert.True);
        var last = options with { EdgeWidths = [options.EdgeWidths[^1]] };
        var again = MarkovRandomFieldMap.Fit(
            Study.Grid, Study.Signals, DenoisedStudy.Table, found.Maps, Study.Prior, last);
        // A cost 0.001 a voxel deeper moves a parameter by less than a twentieth of its uncertainty of a few percent.
        double change = Enumerable.Range(0, Study.Places.Length)
            .Average(i => Math.Abs(again.Maps.D[i] / found.Maps.D[i] - 1));
        Assert.True(change < 0.002, $"{change}");
    }

    [Fact]
    public void Maps_are_nearer_to_the_truth_than_their_start()
    {
        var before = Study.Errors(Study.Fit);
        var after = Study.Errors(Whole.Maps);
        Assert.All(before.Zip(after), pair => Assert.True(pair.Second < 0.9 * pair.First, $"{pair}"));
    }

    [Fact]
    public void Threads_change_no_bit() => Assert.Equal(
        Whole.Maps.DStar,
        Fit(new MarkovRandomFieldOptions { DegreeOfParallelism = 3 }).Maps.DStar);

    [Fact]
    public void A_slab_is_the_volume_bit_for_bit()
    {
        var (input, voxels) = Study.Slab(1, 2);
        var slab = MarkovRandomFieldMap.Fit(
            input.Grid, input.Signals, DenoisedStudy.Table, input.Start, Study.Prior);
        Assert.Equal(DenoisedStudy.Pick(Whole.Maps.F, voxels), slab.Maps.F);
    }

    [Fact]
    public void The_prior_of_a_normal_sample_is_its_mean_and_covariance()
    {
        const int Voxels = 20_000;
        var draw = new RandomStream(6);
        var normal = Enumerable.Range(0, 2 * Voxels).Select(i => draw.Gaussian((ulong)i)).ToArray();
        var maps = new SpatialMaps(
            [.. Enumerable.Range(0, Voxels).Select(i => (float)(1e-3 * Math.Exp(0.1 * normal[i])))],
            [.. Enumerable.Repeat(0.2f, Voxels)],
            [.. Enumerable.Range(0, Voxels).Select(i =>
                (float)(0.03 * Math.Exp(0.1 * normal[i] + 0.2 * normal[i + Voxels])))],
            [.. Enumerable.Repeat(1f, Voxels)]);
        var prior = ParameterPrior.Measure(maps, SpatialBounds.Default);
        // Four standard errors of 20,000 draws; the ridge of 1e-4 is part of the variances.
        Assert.Equal(Math.Log(1e-3), prior.Mean[0], 0.003);
        Assert.Equal(0.0101, prior.Covariance[0, 0], 0.0005);
        Assert.Equal(0.01, prior.Covariance[2, 0], 0.001);
        Assert.Equal(0.0501, prior.Covariance[2, 2], 0.002);
    }

    private static MarkovRandomFieldResult Fit(MarkovRandomFieldOptions options) => MarkovRandomFieldMap.Fit(
        Study.Grid, Study.Signals, DenoisedStudy.Table, Study.Fit, Study.Prior, options);

    // Two rows of three voxels, away from the truth.
    private static (SliceField Field, double[][] X) SmallField()
    {
        const int Voxels = 6;
        var signals = new double[DenoisedStudy.Table.Count * SliceField.PaddedLength(Voxels)];
        var draw = new RandomStream(2);
        for (int i = 0; i < signals.Length; i++)
            signals[i] = Math.Exp(-0.2 * (i / SliceField.PaddedLength(Voxels))) + 0.05 * draw.Gaussian((ulong)i);
        var slices = new SliceVoxels(new VoxelGrid(3, 2, 1, [0, 1, 2, 3, 4, 5]));
        var prior = new ParameterPrior(
            [-6.8, -1.5, -3.5], new[,] { { 0.1, 0.02, 0 }, { 0.02, 0.3, -0.05 }, { 0, -0.05, 0.4 } });
        var field = new SliceField(
            DenoisedStudy.Table, signals, Voxels, slices.Pairs(slices.Of(0), 2), prior, new());
        var x = Random(field, 7);
        for (int i = 0; i < field.Padded; i++)
            (x[0][i], x[1][i], x[2][i]) = (-6.8 + 0.1 * x[0][i], -1.5 + 0.1 * x[1][i], -3.5 + 0.1 * x[2][i]);
        return (field, x);
    }

    private static double[][] Random(SliceField field, ulong seed)
    {
        var draw = new RandomStream(seed);
        var values = field.Arrays(3);
        for (int k = 0; k < 3; k++)
            for (int i = 0; i < field.Voxels; i++) values[k][i] = draw.Gaussian((ulong)(k * field.Padded + i));
        return values;
    }

    private static double Dot(double[][] left, double[][] right) =>
        left.Zip(right).Sum(pair => pair.First.Zip(pair.Second).Sum(two => two.First * two.Second));
}
