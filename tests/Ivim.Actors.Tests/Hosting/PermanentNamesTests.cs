namespace Ivim.Actors.Tests.Hosting;

/// <summary>What running journals were written with: another value would lose them.</summary>
public sealed class PermanentNamesTests
{
    [Fact]
    public void Studies_are_spread_over_the_same_number_of_shards_for_ever() =>
        Assert.Equal(128, StudyExtractor.ShardCount);
}
