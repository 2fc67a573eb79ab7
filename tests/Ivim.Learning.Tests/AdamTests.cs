using static TorchSharp.torch;

namespace Ivim.Learning.Tests;

public class AdamTests
{
    [Theory]
    [InlineData(1e9, 0)]
    [InlineData(0.5, 0)]
    [InlineData(0.5, 0.1)]
    [InlineData(double.PositiveInfinity, 0.1)]
    public void Steps_are_those_of_the_algorithm_in_double_precision(double largestNorm, double decay)
    {
        using var scope = NewDisposeScope();
        double[] weight = [1.0, -2.0, 0.3], first = new double[3], second = new double[3];
        var tensorWeight = nn.Parameter(tensor(weight.Select(w => (float)w).ToArray()));
        using var adam = new Adam([("w", tensorWeight)]);
        for (int step = 1; step <= 5; step++)
        {
            (tensorWeight * tensorWeight).sum().backward();
            adam.Step(step, 0.1, largestNorm, decay);
            double[] gradient = [.. weight.Select(w => 2 * w)];
            double clip = Math.Min(1, largestNorm / Math.Sqrt(gradient.Sum(g => g * g)));
            for (int i = 0; i < 3; i++)
            {
                double g = clip * gradient[i] + decay * weight[i];
                first[i] = 0.9 * first[i] + 0.1 * g;
                second[i] = 0.999 * second[i] + 0.001 * g * g;
                weight[i] -= 0.1 * (first[i] / (1 - Math.Pow(0.9, step)))
                    / (Math.Sqrt(second[i] / (1 - Math.Pow(0.999, step))) + 1e-8);
            }
            for (int i = 0; i < 3; i++) Assert.Equal(weight[i], tensorWeight.data<float>()[i], 1e-5);     // float32
        }
    }
}
