using CsCheck;

namespace Ivim.Learning.Tests;

public class InputConditioningTests
{
    private static readonly SimulatedVoxels Voxels = SimulatedVoxels.Draw(3000, 30, SimulatedVoxels.TwelveB);

    [Fact]
    public void Scores_are_white_and_signals_have_unit_variance()
    {
        var conditioning = InputConditioning.Of(Voxels.Signals, 12, 5);
        Assert.Equal(17, conditioning.Length);
        float[] inputs = conditioning.Apply(Voxels.Signals);
        for (int i = 0; i < 17; i++)
        {
            Assert.Equal(0, Product(inputs, i, null), 1e-4);
            Assert.Equal(1, Product(inputs, i, i), 1e-3);     // float32 inputs, a few of them limited
            for (int j = 0; j < Math.Min(i, 5); j++)
            {
                if (i < 5) Assert.Equal(0, Product(inputs, i, j), 1e-3);
            }
        }
    }

    [Fact]
    public void Arrays_bring_it_back_bit_by_bit()
    {
        var conditioning = InputConditioning.Of(Voxels.Signals, 12, 5);
        var back = InputConditioning.From(conditioning.ToArrays());
        Assert.True(conditioning.ToArrays().HaveSameBits(back.ToArrays()));
        Assert.Equal(conditioning.Apply(Voxels.Signals), back.Apply(Voxels.Signals));
    }

    [Fact]
    public void There_are_fewer_scores_than_b_values() =>
        Assert.Equal(2, InputConditioning.Of([1, 2, 3, 2, 1, 5, 4, 4, 1], 3, 5).Components);

    [Fact]
    public void A_signal_that_never_varies_gives_zero_and_not_infinity()
    {
        float[] signals = [.. Enumerable.Range(0, 50).SelectMany(v => new[] { 1f, 0.5f + 0.01f * v })];
        float[] inputs = InputConditioning.Of(signals, 2, 5).Apply(signals);
        Assert.All(inputs, value => Assert.True(float.IsFinite(value)));
        for (int v = 0; v < 50; v++) Assert.Equal(0, inputs[3 * v + 1]);
    }

    [Fact]
    public void Eigenvectors_rebuild_their_matrix() => Gen.Double[-3, 3].Array[36].Sample(entries =>
    {
        var matrix = new double[6, 6];
        for (int i = 0; i < 36; i++) matrix[i / 6, i % 6] = entries[i] + entries[i % 6 * 6 + i / 6];
        var (values, vectors) = SymmetricEigen.Decompose((double[,])matrix.Clone());
        for (int i = 0; i < 36; i++)
        {
            double rebuilt = Enumerable.Range(0, 6).Sum(k => values[k] * vectors[k, i / 6] * vectors[k, i % 6]);
            Assert.Equal(matrix[i / 6, i % 6], rebuilt, 1e-11);     // rounding of 6 x 6 doubles up to 6
        }
        Assert.Equal(values.OrderByDescending(value => value), values);
        for (int k = 0; k < 6; k++)
            Assert.True(Enumerable.Range(0, 6).Select(i => vectors[k, i]).MaxBy(Math.Abs) > 0);
    });

    private static double Product(float[] inputs, int i, int? j) => Enumerable.Range(0, inputs.Length / 17)
        .Average(v => (double)inputs[v * 17 + i] * (j is { } other ? inputs[v * 17 + other] : 1));
}
