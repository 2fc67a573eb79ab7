using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Hosting.Planning;
using Ivim.Physics;

namespace Ivim.Hosting.Tests.Planning;

public sealed class StudyInquiryTests : IDisposable
{
    private static readonly Protocol Two = new() { Ensemble = new EnsembleRules { Members = 2 } };

    private readonly KeptRuns _kept = new();

    public void Dispose() => _kept.Dispose();

    [Fact]
    public async Task Of_an_unfinished_study_it_tells_who_waits_for_whom()
    {
        var wanted = KeptRuns.Wanted(Two, "a");
        _kept.Run(wanted, item => item.Stage is Stage.Prepare || item == ItemName.Weights(0));
        var reasons = await AskAsync(wanted.Study);

        Assert.Equal(("running", false, (string?)null), (reasons.Phase, reasons.Quarantined, reasons.LastStudy));
        var weights = Assert.Single(reasons.Stages, stage => stage.Kind == "train/study");
        Assert.Equal((2, 1, 1, 0), (weights.Total, weights.Done, weights.Ready, weights.Waiting));
        var slabs = Assert.Single(reasons.Stages, stage => stage.Kind == "train/slabs");
        Assert.Equal((2, 2), (slabs.Ready, slabs.Waiting));
        Assert.All(slabs.Waits, wait => Assert.Equal(["train/member-01"], wait.WaitsFor));
    }

    [Fact]
    public async Task Of_an_item_it_tells_the_key_and_the_fields_that_differ_from_the_run_before()
    {
        _kept.Run(KeptRuns.Wanted(Two, "a"));
        var later = KeptRuns.Wanted(Two with { Seed = 7 }, "a");
        _kept.Run(later);
        Touch(later.Study);
        var reasons = await AskAsync(later.Study, "train/member-01");

        Assert.Equal(["seed"], reasons.Changes.Select(change => change.Name));
        var item = reasons.Item!;
        Assert.Equal(("done", true), (item.Standing, item.LastRecipeKept));
        Assert.Equal(["seed"], item.Changes.Select(change => change.Name));
        Assert.NotEqual(item.LastKey, item.Key);
        Assert.Contains(item.Recipe, field => field is { Key: "member", Value: "1" });
        Assert.Equal("reused", (await AskAsync(later.Study, "prepare")).Item!.Standing);
    }

    [Theory]
    [InlineData("train/member-09")]
    [InlineData("nonsense")]
    public async Task An_item_that_the_study_has_not_is_refused(string item)
    {
        var wanted = KeptRuns.Wanted(Two, "a");
        _kept.Run(wanted, item => item.Stage is Stage.Prepare);
        Assert.Equal("ITEM-UNKNOWN",
            (await Assert.ThrowsAsync<RefusalException>(() => AskAsync(wanted.Study, item))).Code);
    }

    [Fact]
    public async Task A_study_that_nobody_submitted_is_refused() => Assert.Equal("STUDY-UNKNOWN",
        (await Assert.ThrowsAsync<RefusalException>(() => AskAsync(new StudyId("st-1")))).Code);

    /// <summary>The later submission by the clock as well, however coarse the disk's times are.</summary>
    private void Touch(StudyId study)
    {
        var dossier = Path.Combine(_kept["dossiers"], study + ".json");
        File.SetLastWriteTimeUtc(dossier, File.GetLastWriteTimeUtc(dossier) + TimeSpan.FromMinutes(1));
    }

    private Task<StudyReasons> AskAsync(StudyId study, string? item = null) =>
        new StudyInquiry(_kept.View).AskAsync(study, item, CancellationToken.None);
}
