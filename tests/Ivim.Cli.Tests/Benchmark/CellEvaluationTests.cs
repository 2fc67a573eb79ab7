using Ivim.Cli.Benchmark;
using Ivim.Domain.Protocols;

namespace Ivim.Cli.Tests.Benchmark;

public sealed class CellEvaluationTests
{
    [Fact]
    public void Voxels_within_a_hundredth_of_the_width_lie_on_a_bound()
    {
        // Bounds 0 to 5: up to 0.05 and from 4.95 on. The last voxel has no truth and does not count.
        float[] map = [0, 0.04f, 0.06f, 2.5f, 4.94f, 4.96f, 5, 0];
        bool[] compared = [true, true, true, true, true, true, true, false];
        Assert.Equal(4.0 / 7, CellEvaluation.AtBounds(map, compared, new Interval(0, 5)), 1e-12);
    }
}
