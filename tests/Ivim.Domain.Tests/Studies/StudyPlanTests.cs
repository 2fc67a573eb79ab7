using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Studies;

public sealed class StudyPlanTests
{
    [Theory]
    [InlineData(TrainingScopes.Slab, "prepare, slab-0/0, slab-1/0, slab-0/1, slab-1/1")]
    [InlineData(TrainingScopes.Study, "prepare, weights/0, weights/1, slab-0/0, slab-1/0, slab-0/1, slab-1/1")]
    [InlineData(TrainingScopes.StudyThenSlab, "prepare, weights/0, weights/1, slab-0/0, slab-1/0, slab-0/1, slab-1/1")]
    public void A_training_scope_plans_its_items(string scope, string expected)
    {
        var study = Given.Prepared(Given.ProtocolWith(scope));

        Assert.Equal(expected, string.Join(", ", StudyPlan.Items(study).Select(Short)));
    }

    [Theory]
    [InlineData(TrainingScopes.Slab, "prepare, start/0, start/1, slab-0/0, slab-1/0, slab-0/1, slab-1/1")]
    [InlineData(TrainingScopes.Study,
        "prepare, start/0, start/1, weights/0, weights/1, slab-0/0, slab-1/0, slab-0/1, slab-1/1")]
    [InlineData(TrainingScopes.StudyThenSlab,
        "prepare, start/0, start/1, weights/0, weights/1, slab-0/0, slab-1/0, slab-0/1, slab-1/1")]
    public void A_start_comes_before_the_training_of_every_scope(string scope, string expected)
    {
        var study = Given.Prepared(Given.ProtocolWithStart(scope));

        Assert.Equal(expected, string.Join(", ", StudyPlan.Items(study).Select(Short)));
        Assert.Equal([ItemName.Start(0), ItemName.Start(1)], StudyPlan.Ready(study).Select(item => item.Name));
    }

    [Theory]
    [InlineData(TrainingScopes.Slab, "slab-0/1, slab-1/1")]
    [InlineData(TrainingScopes.Study, "weights/1")]
    [InlineData(TrainingScopes.StudyThenSlab, "weights/1")]
    public void A_member_s_training_waits_for_its_start_alone(string scope, string expected)
    {
        var study = Given.Prepared(Given.ProtocolWithStart(scope));
        var fact = Assert.Single(study.Decide(When.Finished(study.Item(ItemName.Start(1)))).Events());
        var next = StudyPlan.NewlyReady(study.Apply(fact), fact).ToList();

        Assert.Equal(expected, string.Join(", ", next.Select(item => Short(item.Name))));
        Assert.All(next, item => Assert.Equal(StudyPlan.Start, item.Inputs[^1].Name));
    }

    [Fact]
    public void A_start_reads_the_b_values_and_nothing_else_of_the_study() =>
        Assert.Equal([StudyPlan.BValues], Given.Prepared(Given.ProtocolWithStart(TrainingScopes.Study))
            .Item(ItemName.Start(0)).Inputs.Select(input => input.Name));

    [Theory]
    [InlineData(Methods.LeastSquares)]
    [InlineData(Methods.Segmented)]
    public void A_classical_fit_has_one_member_and_no_weights(string method)
    {
        var study = Given.Prepared(new Protocol { Method = method });

        Assert.Equal("prepare, slab-0/0, slab-1/0", string.Join(", ", StudyPlan.Items(study).Select(Short)));
    }

    [Theory]
    [InlineData(TrainingScopes.Slab, "slab")]
    [InlineData(TrainingScopes.Study, "slab, weights")]
    [InlineData(TrainingScopes.StudyThenSlab, "slab, weights")]
    public void The_maps_of_a_member_are_made_from_the_slab_and_the_weights_that_the_scope_trains(string scope,
        string inputs)
    {
        var item = Given.Trained(Given.ProtocolWith(scope)).Item(ItemName.Maps(1, 1));

        Assert.Equal(inputs, string.Join(", ", item.Inputs.Select(input => input.Name)));
    }

    [Fact]
    public void Every_item_has_a_key_of_its_own()
    {
        var study = Given.Trained();
        var keys = StudyPlan.Items(study).Select(name => study.Item(name).Key).ToList();

        Assert.Equal(keys.Count, keys.Distinct().Count());
    }

    [Fact]
    public void Only_the_preparation_is_ready_at_first_and_slabs_wait_for_their_weights()
    {
        Assert.Equal([ItemName.Prepare], StudyPlan.Ready(Given.Submitted()).Select(item => item.Name));
        Assert.Equal([ItemName.Weights(0), ItemName.Weights(1)],
            StudyPlan.Ready(Given.Prepared()).Select(item => item.Name));

        var study = Given.Prepared();
        var fact = Assert.Single(study.Decide(When.Finished(study.Item(ItemName.Weights(1)))).Events());

        Assert.Equal([ItemName.Maps(0, 1), ItemName.Maps(1, 1)],
            StudyPlan.NewlyReady(study.Apply(fact), fact).Select(item => item.Name));
    }

    [Fact]
    public void Members_are_handed_over_only_when_all_are_there()
    {
        var study = Given.Prepared(Given.ProtocolWith(TrainingScopes.Slab));
        study = study.AfterFinishing(ItemName.Maps(0, 0));
        Assert.Null(study.MembersOf(0));

        var members = study.AfterFinishing(ItemName.Maps(0, 1)).MembersOf(0);

        Assert.Equal(["member-00", "member-01"], members!.Value.Select(member => member.Name));
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(0, 2)]
    [InlineData(-2, 0)]
    [InlineData(0, -1)]
    public void A_slab_or_member_that_the_study_does_not_have_has_no_item(int slab, int member) =>
        Assert.Null(StudyPlan.ItemOf(Given.Trained(), ItemName.Maps(slab, member)));

    private static string Short(ItemName name) => name switch
    {
        { Stage: Stage.Prepare } => "prepare",
        { Stage: Stage.Start } => $"start/{name.Member}",
        { IsWeights: true } => $"weights/{name.Member}",
        _ => $"slab-{name.Slab}/{name.Member}",
    };
}
