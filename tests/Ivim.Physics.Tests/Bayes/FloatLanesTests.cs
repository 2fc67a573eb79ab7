using System.Runtime.Intrinsics;
using Ivim.Physics.Bayes;

namespace Ivim.Physics.Tests.Bayes;

public sealed class FloatLanesTests
{
    private static readonly RandomStream Stream = new(301);

    [Fact]
    public void The_exponential_is_single_precision()
    {
        for (ulong i = 0; i < 20_000; i++)
        {
            float x = (float)Stream.Uniform(i, -85, i % 2 == 0 ? 0 : 5);
            double expected = Math.Exp(x);
            Assert.InRange(FloatLanes.Exp(Vector256.Create(x))[3] / expected, 1 - 3e-7, 1 + 3e-7);
        }
    }

    [Fact]
    public void Far_outside_the_exponential_stays_a_normal_number()
    {
        Assert.InRange(FloatLanes.Exp(Vector256.Create(-1e9f))[0], float.MinValue, 1e-36f);
        Assert.InRange(FloatLanes.Exp(Vector256.Create(-1e9f))[0], 1.2e-38f, 1);
        Assert.True(float.IsNormal(FloatLanes.Exp(Vector256.Create(1e9f))[0]));
        Assert.Equal(1, FloatLanes.Exp(Vector256<float>.Zero)[5]);
    }

    [Fact]
    public void The_logarithm_is_single_precision()
    {
        for (ulong i = 0; i < 20_000; i++)
        {
            float x = (float)Math.Exp(Stream.Uniform(i, -80, 80));
            double expected = Math.Log(x);
            Assert.Equal(expected, FloatLanes.Log(Vector256.Create(x))[1], 3e-7 * (1 + Math.Abs(expected)));
        }
    }

    [Fact]
    public void Uniforms_stay_in_the_open_interval()
    {
        Assert.True(FloatLanes.Uniform(Vector256<uint>.Zero)[0] > 0);
        Assert.True(FloatLanes.Uniform(Vector256<uint>.AllBitsSet)[0] < 1);
    }

    [Fact]
    public void Normals_have_the_moments_of_independent_standard_normals()
    {
        const int draws = 400_000;
        double first = 0, second = 0, squares = 0, fourth = 0, product = 0;
        for (ulong i = 0; i < draws; i += 8)
        {
            var (a, b) = FloatLanes.Normals(Words(i), Words(i + 1_000_000));
            for (int lane = 0; lane < 8; lane++)
            {
                (first, second, product) = (first + a[lane], second + b[lane], product + a[lane] * b[lane]);
                squares += a[lane] * a[lane] + b[lane] * b[lane];
                fourth += Math.Pow(a[lane], 4) + Math.Pow(b[lane], 4);
            }
        }
        // Five standard errors of each mean: sd 1, 1, 1, √2 and √96 over √n.
        double error = 5 / Math.Sqrt(draws);
        Assert.InRange(first / draws, -error, error);
        Assert.InRange(second / draws, -error, error);
        Assert.InRange(product / draws, -error, error);
        Assert.InRange(squares / (2 * draws), 1 - error, 1 + error);
        Assert.InRange(fourth / (2 * draws), 3 - 7 * error, 3 + 7 * error);

        static Vector256<uint> Words(ulong from) =>
            Vector256.Create([.. Enumerable.Range(0, 8).Select(lane => (uint)Stream.Bits(from + (ulong)lane))]);
    }
}
