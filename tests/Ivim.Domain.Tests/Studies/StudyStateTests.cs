using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Studies;

public sealed class StudyStateTests
{
    private static readonly ItemName Maps = ItemName.Maps(0, 0);
    private static readonly StudyCommand.Conclude Conclude = new(Given.Study, [new PublishedMap("D", "d")]);

    [Fact]
    public void A_study_that_was_never_submitted_refuses_everything_else()
    {
        Assert.IsType<Decision<StudyEvent>.Rejected>(StudyState.Unborn.Decide(Conclude));
        Assert.IsType<Decision<StudyEvent>.Rejected>(
            StudyState.Unborn.Decide(When.Finished(Given.Submitted().Item(ItemName.Prepare))));
    }

    [Fact]
    public void Submitting_twice_is_one_submission() => Assert.Empty(Given.Submitted().Decide(Given.Submit()).Events());

    [Fact]
    public void A_protocol_that_cannot_be_read_never_reaches_the_journal()
    {
        var rejected = Assert.IsType<Decision<StudyEvent>.Rejected>(
            StudyState.Unborn.Decide(Given.Submit() with { ProtocolDocument = "{\"schema\":\"ivim-protocol/99\"}" }));

        Assert.StartsWith("PROTOCOL-SCHEMA", rejected.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_redelivered_result_changes_nothing()
    {
        var study = Given.Trained();
        foreach (var name in StudyPlan.Items(study))
            Assert.Empty(study.Decide(When.Finished(study.Item(name))).Events());
    }

    [Fact]
    public void A_result_of_another_key_changes_nothing()
    {
        var study = Given.Submitted();
        var stale = When.Finished(study.Item(ItemName.Prepare)) with { Key = new("another") };

        Assert.Empty(study.Decide(stale).Events());
    }

    [Fact]
    public void Two_results_of_one_key_end_the_study()
    {
        var study = Given.Trained();

        var fact = Assert.Single(study.Decide(When.Finished(study.Item(Maps), "other bits")).Events());

        Assert.Equal("HASH-MISMATCH", Assert.IsType<StudyEvent.Failed>(fact).Failure.Code);
    }

    [Fact]
    public void A_lost_result_that_is_made_again_with_other_bits_ends_the_study()
    {
        var study = Given.Trained();
        study = study.After(new StudyCommand.RecordLoss(Given.Study, ArtifactOf(study, Maps)));

        var fact = Assert.Single(study.Decide(When.Finished(study.Item(Maps), "other bits")).Events());

        Assert.Equal("HASH-MISMATCH", Assert.IsType<StudyEvent.Failed>(fact).Failure.Code);
    }

    [Fact]
    public void Bad_input_ends_the_study_at_once()
    {
        var study = Given.Submitted();

        var failed = study.After(When.Failed(study.Item(ItemName.Prepare), FailureClass.BadInput));

        Assert.Equal(StudyPhase.Failed, failed.Phase);
        Assert.Empty(StudyPlan.Ready(failed));
    }

    [Theory]
    [InlineData(FailureClass.Application, 3)]
    [InlineData(FailureClass.OutOfMemory, 2)]
    public void An_item_that_fails_on_its_own_account_is_tried_a_bounded_number_of_times(FailureClass why, int attempts)
    {
        var study = Given.Submitted();
        for (int attempt = 1; attempt <= attempts; attempt++)
        {
            Assert.Equal(StudyPhase.Running, study.Phase);
            study = study.After(When.Failed(study.Item(ItemName.Prepare), why, epoch: attempt));
        }
        Assert.Equal(StudyPhase.Failed, study.Phase);
    }

    [Fact]
    public void A_failure_that_is_reported_again_counts_once()
    {
        var study = Given.Submitted();
        var report = When.Failed(study.Item(ItemName.Prepare), FailureClass.Application);

        for (int time = 0; time < 10; time++) study = study.After(report);

        Assert.Single(study.Ledger.Attempts);
        Assert.Equal(StudyPhase.Running, study.Phase);
    }

    [Fact]
    public void The_machines_own_failures_count_nothing()
    {
        var study = Given.Submitted();
        for (int epoch = 0; epoch < 10; epoch++)
        {
            var report = When.Failed(study.Item(ItemName.Prepare), FailureClass.Infrastructure, epoch);
            Assert.Empty(study.Decide(report).Events());
        }
    }

    [Fact]
    public void A_lost_artifact_reopens_its_maker_and_holds_back_what_reads_it()
    {
        var study = Given.Prepared();
        var weights = study.Item(ItemName.Weights(0));

        study = study.After(When.Failed(weights, FailureClass.LostInput, lost: weights.Inputs[0].Artifact.Sha256));

        Assert.Equal([ItemName.Prepare], StudyPlan.Ready(study).Select(item => item.Name));
        Assert.Equal(weights.Key, study.AfterFinishing(ItemName.Prepare).Item(ItemName.Weights(0)).Key);
    }

    [Fact]
    public void A_published_study_whose_artifact_is_lost_runs_again()
    {
        var study = Given.Published();
        study = study.After(new StudyCommand.RecordLoss(Given.Study, ArtifactOf(study, Maps)));

        Assert.Equal(StudyPhase.Running, study.Phase);
        Assert.Equal([Maps], StudyPlan.Ready(study).Select(item => item.Name));
        Assert.Equal(StudyPhase.Published, study.AfterFinishing(Maps).After(Conclude).Phase);
    }

    [Fact]
    public void A_study_that_was_published_with_an_open_item_runs_again_when_the_item_is_needed()
    {
        var loss = new StudyCommand.RecordLoss(Given.Study, ArtifactOf(Given.Trained(), Maps));
        var study = Given.Trained().After(loss).After(Conclude);
        Assert.Equal(StudyPhase.Published, study.Phase);

        study = study.After(loss);

        Assert.Equal([Maps], StudyPlan.Ready(study).Select(item => item.Name));
    }

    [Fact]
    public void A_loss_that_is_recorded_twice_is_one_loss()
    {
        var study = Given.Trained();
        var loss = new StudyCommand.RecordLoss(Given.Study, ArtifactOf(study, Maps));

        Assert.Empty(study.After(loss).Decide(loss).Events());
    }

    [Fact]
    public void Submitting_a_failed_study_keeps_its_results_and_forgets_its_attempts()
    {
        var study = Given.Prepared();
        study = study.After(When.Failed(study.Item(ItemName.Weights(0)), FailureClass.Application, epoch: 1));
        study = study.After(When.Failed(study.Item(ItemName.Weights(1)), FailureClass.BadInput, epoch: 2));

        study = study.After(Given.Submit());

        Assert.Equal(StudyPhase.Running, study.Phase);
        Assert.Null(study.Failure);
        Assert.Empty(study.Ledger.Attempts);
        Assert.Equal([ItemName.Prepare], study.Ledger.Results.Keys);
    }

    [Fact]
    public void Concluding_twice_is_one_publication() => Assert.Empty(Given.Published().Decide(Conclude).Events());

    [Fact]
    public void Giving_up_ends_a_running_study_and_no_published_one()
    {
        var giveUp = new StudyCommand.GiveUp(Given.Study, new WorkFailure(FailureClass.Application, "TEST", "failed"));

        Assert.Equal(StudyPhase.Failed, Given.Trained().After(giveUp).Phase);
        Assert.Empty(Given.Published().Decide(giveUp).Events());
    }

    private static string ArtifactOf(StudyState study, ItemName name) =>
        study.Ledger.Results[name].Result.Outputs[0].Artifact.Sha256;

    [Fact]
    public void A_study_that_failed_is_published_after_all_when_its_maps_are()
    {
        var study = Given.Trained();
        study = study.After(new StudyCommand.GiveUp(Given.Study, Failures.LostAgain(Maps)));
        Assert.Equal(StudyPhase.Failed, study.Phase);

        Assert.Equal(StudyPhase.Published, study.After(Conclude).Phase);
    }

    [Fact]
    public void An_artifact_that_is_lost_again_and_again_ends_the_study_until_it_is_submitted_anew()
    {
        var study = Given.Trained();
        var artifact = study.Ledger.Results[Maps].Result.Outputs[0].Artifact.Sha256;
        for (int loss = 0; loss < ItemLedger.MaximumLosses; loss++)
        {
            study = study.After(new StudyCommand.RecordLoss(Given.Study, artifact));
            Assert.Equal(StudyPhase.Running, study.Phase);
            study = study.After(When.Finished(study.Item(Maps)));
        }

        study = study.After(new StudyCommand.RecordLoss(Given.Study, artifact));
        Assert.Equal("ARTIFACT-LOST", study.Failure?.Code);

        study = study.After(Given.Submit()).After(new StudyCommand.RecordLoss(Given.Study, artifact));
        Assert.Equal(StudyPhase.Running, study.Phase);
    }

    [Fact]
    public void A_lost_protocol_document_ends_the_study_because_only_a_submission_brings_it_back()
    {
        var study = Given.Submitted();

        study = study.After(new StudyCommand.RecordLoss(Given.Study, study.ProtocolArtifact.Sha256));

        Assert.Equal("PROTOCOL-LOST", study.Failure?.Code);
        Assert.Equal(StudyPhase.Running, study.After(Given.Submit()).Phase);
    }

    [Fact]
    public void A_result_that_lacks_an_artifact_never_counts()
    {
        var study = Given.Submitted();
        var whole = When.Finished(study.Item(ItemName.Prepare));
        var rest = whole.Result.Outputs.Where(output => output.Name != StudyPlan.Frame);

        study = study.After(whole with { Result = whole.Result with { Outputs = [.. rest] } });

        Assert.Equal("RESULT-INCOMPLETE", study.Failure?.Code);
        Assert.Equal(0, study.SlabCount);
    }
}
