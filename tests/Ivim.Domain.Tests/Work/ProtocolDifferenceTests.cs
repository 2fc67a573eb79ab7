using Ivim.Domain.Protocols;
using Ivim.Domain.Tests.Protocols;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Work;

/// <summary>What docs/protocol.md says runs again is what a comparison says.</summary>
public sealed class ProtocolDifferenceTests
{
    [Theory]
    [InlineData("ensemble.merge", "\"mean\"", "merge", "merge, polish, assemble, publish")]
    [InlineData("ensemble.members", "10", "", "training, maps, merge, polish, assemble, publish")]
    [InlineData("ensemble.members", "6", "", "merge, polish, assemble, publish")]
    [InlineData("training.steps", "300", "training", "training, maps, merge, polish, assemble, publish")]
    [InlineData("polish.sweeps", "10", "polish", "polish, assemble, publish")]
    [InlineData("uncertainty.reliableAboveF", "0.05", "", "assemble, publish")]
    [InlineData("input.bMaxSecondsPerMm2", "800", "prepare",
        "prepare, training, maps, merge, polish, assemble, publish")]
    [InlineData("bounds.d.upper", "0.004", "training, maps, merge, polish",
        "training, maps, merge, polish, assemble, publish")]
    public void A_change_runs_its_items_again_and_what_reads_their_results(
        string field, string value, string keys, string items)
    {
        var first = new Protocol();
        var difference = ProtocolDifference.Between(first, ProtocolDocument.With(first, field, value));
        var only = Assert.Single(difference.Fields);
        Assert.Equal((field, value), (only.Name, only.Second));
        Assert.Equal(keys, string.Join(", ", only.RunsAgain));
        Assert.Equal(items, string.Join(", ", difference.RunsAgain));
    }

    /// <summary>What else the preparation makes otherwise leaves a start as it is.</summary>
    [Theory]
    [InlineData(0, "training.startSteps", "100", "prepare, start, training, maps, merge")]
    [InlineData(100, "training.startSteps", "200", "start, training, maps, merge")]
    [InlineData(100, "training.startSteps", "0", "prepare, training, maps, merge")]
    [InlineData(100, "network.headHidden", "8", "start, training, maps, merge")]
    [InlineData(100, "training.steps", "300", "training, maps, merge")]
    [InlineData(100, "slabs.slices", "2", "prepare, training, maps, merge")]
    [InlineData(100, "input.bMaxSecondsPerMm2", "800", "prepare, start, training, maps, merge")]
    [InlineData(100, "ensemble.members", "10", "start, training, maps, merge")]
    public void A_start_runs_again_where_its_own_fields_or_the_b_values_change(
        int startSteps, string field, string value, string items)
    {
        var first = new Protocol { Training = new TrainingRules { StartSteps = startSteps } };
        var difference = ProtocolDifference.Between(first, ProtocolDocument.With(first, field, value));
        Assert.Equal(items + ", polish, assemble, publish", string.Join(", ", difference.RunsAgain));
    }

    [Fact]
    public void Equal_protocols_run_nothing_again()
    {
        var difference = ProtocolDifference.Between(new Protocol(), new Protocol());
        Assert.Empty(difference.Fields);
        Assert.Empty(difference.RunsAgain);
    }

    [Fact]
    public void Fields_that_only_go_together_are_compared_one_by_one()
    {
        // D's upper bound may not pass D*'s lower one: neither change alone is a protocol of its own.
        var first = new Protocol();
        var second = first with
        {
            Bounds = first.Bounds with { D = new(0, 0.008), DStar = new(0.009, 0.2) },
        };
        ProtocolCheck.Require(second);
        Assert.Equal(["bounds.d.upper", "bounds.dStar.lower"],
            ProtocolDifference.Between(first, second).Fields.Select(field => field.Name));
    }

    [Fact]
    public void A_classical_fit_has_no_networks_to_add()
    {
        var first = new Protocol { Method = Methods.LeastSquares };
        var second = first with { Ensemble = first.Ensemble with { Members = 20 } };
        var difference = ProtocolDifference.Between(first, second);
        Assert.Equal(0, difference.MembersAdded);
        Assert.Equal("assemble, publish", string.Join(", ", difference.RunsAgain));
    }
}
