using Ivim.Faults.Tests.Clusters;
using Ivim.Faults.Tests.Invariants;
using static Ivim.Faults.Tests.Checker.HandMadeHistory;

namespace Ivim.Faults.Tests.Checker;

public sealed class StatusTruthTests
{
    [Fact]
    public void Counts_of_the_last_seconds_are_true() =>
        Assert.Empty(StatusTruth.Check([Sample(3, 1), Sample(13, 1), Sample(16, 2), Sample(17, 3)], Good(), []));

    [Fact]
    public void Counts_that_lag_behind_are_found() => Assert.Equal("I11",
        Assert.Single(StatusTruth.Check([Sample(10, 0)], Good(), [])).Invariant);

    [Fact]
    public void Counts_that_run_ahead_are_found() => Assert.Equal("I11",
        Assert.Single(StatusTruth.Check([Sample(6, 2)], Good(), [])).Invariant);

    [Fact]
    public void Counts_that_go_back_are_found() => Assert.Equal("I9",
        Assert.Single(StatusTruth.Check([Sample(15, 2), Sample(15.5, 1)], Good(), [])).Invariant);

    private static StatusSample Sample(double seconds, int done) => new(Time(seconds), done, "running");
}
