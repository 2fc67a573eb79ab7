using System.Net;
using System.Text.Json.Nodes;
using Ivim.Faults.Tests.Clusters;
using Ivim.Faults.Tests.Histories;
using Ivim.Faults.Tests.Machine;
using Ivim.Faults.Tests.Recovery;
using Ivim.Faults.Tests.Scans;
using Xunit.Abstractions;

namespace Ivim.Faults.Tests.Faults;

/// <summary>F23 and F27: inputs that change under the work, and studies that are submitted again and again.</summary>
[Collection(FaultCollection.Name)]
public sealed class InputTests(QuietRun quiet, ITestOutputHelper console) : FaultTest(quiet, console)
{
    [SkippableFact]
    [Trait("Faults", "long")]
    public Task An_image_that_changes_before_it_is_read_fails_the_study_by_name() => PlayAsync("F23", async scene =>
    {
        scene.Scan = scene.Scan.CopyTo(scene.Folder.Path("scan"));
        var cluster = await scene.StartAsync(new ClusterShape { Workers = 1 });
        await scene.SubmitAsync(await scene.LearnNumericClassAsync());
        Change(scene);
        await cluster.UpAgainAsync();
        var status = await scene.FinishAsync(StudyStatus.FailedPhase);
        Assert.False(string.IsNullOrEmpty(status.FailureCode), "it failed without a code");
        Assert.Empty(Directory.EnumerateFiles(scene.Output, "*.nii.gz", SearchOption.AllDirectories));
        scene.Write(null);
    });

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task An_image_that_changes_after_it_was_read_is_never_mixed_in() => PlayAsync("F23", async scene =>
    {
        scene.Scan = scene.Scan.CopyTo(scene.Folder.Path("scan"));
        await scene.StartAsync(new ClusterShape());
        await scene.SubmitAsync();
        await scene.UntilTrainingAsync(1);
        Change(scene);
        await scene.FinishAsync();
        // The maps are those of the image whose hash the study has, to the bit.
        await scene.CheckAsync();
    });

    [SkippableFact]
    [Trait("Faults", "short")]
    public Task Twenty_submissions_at_once_are_one_study() => PlayAsync("F27", async scene =>
    {
        var cluster = await scene.StartAsync(new ClusterShape());
        var submission = scene.Scan.Submission(scene.Output);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(index => Task.Run(() =>
            cluster.Api.SubmitAsync(index % 2 == 0 ? Copy(submission) : Reordered(submission)))));
        var taken = answers.Select(answer => Assert.NotNull(answer)).ToList();
        scene.Fired($"{taken.Count} submissions were answered");
        Assert.All(taken, answer =>
            Assert.True(answer.Status is HttpStatusCode.Created or HttpStatusCode.OK, $"{answer}"));
        Assert.Single(taken.Select(answer => (string)answer.Body!["study"]!).Distinct());
        await scene.SubmitAsync();
        await scene.FinishAsync();
        Assert.Single(Present.Of(await cluster.Api.StudiesAsync(), "list of studies"));
        Assert.Equal(scene.Scan.Items,
            scene.History.OfKind(FactKinds.Counted).Select(fact => fact.Item).Distinct().Count());
        Assert.Equal(0, Invariants.Rework.Of(scene.History, scene.Scan.PlannedSteps).Redone);
        await scene.CheckAsync();
    });

    private static void Change(Scene scene)
    {
        var before = File.ReadAllBytes(scene.Scan.Image);
        File.Copy(scene.Scan.Mask!, scene.Scan.Image, overwrite: true);
        Assert.False(File.ReadAllBytes(scene.Scan.Image).AsSpan().SequenceEqual(before));
        scene.Fired("the image was replaced by another file");
    }

    private static JsonObject Copy(JsonObject submission) => submission.DeepClone().AsObject();

    private static JsonObject Reordered(JsonObject submission) =>
        new(submission.Reverse().Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
}
