using System.Buffers.Binary;
using Ivim.Faults.Tests.Clusters;
using Ivim.Faults.Tests.Histories;
using Ivim.Faults.Tests.Machine;
using Ivim.Faults.Tests.Recovery;
using Ivim.Faults.Tests.Scans;
using Xunit.Abstractions;

namespace Ivim.Faults.Tests.Faults;

/// <summary>
/// A safeguard of running nodes is switched off: the invariants that every test of this suite ends with must notice.
/// </summary>
[Collection(FaultCollection.Name)]
public sealed class NegativeControlTests(QuietRun quiet, ITestOutputHelper console) : FaultTest(quiet, console)
{
    private const string Trained = "train/slab-000/member-00", Merged = "merge/slab-000";

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task Without_the_hash_check_wrong_maps_are_published_and_noticed() => PlayAsync("F19-", async scene =>
    {
        await scene.StartAsync(new ClusterShape { Workers = 2, Environment = TestHooks.Without("hash-check") });
        await scene.SubmitAsync();
        await Until.TrueAsync(() => Counted(scene.History, Trained) > 0, Timings.Run, $"{Trained} was counted");
        var blanked = new StoredResults(scene.Work).FilesOf(Trained).Where(Blank).ToList();
        Assert.NotEmpty(blanked);
        Assert.Equal(0, Counted(scene.History, Merged));
        scene.Fired($"{blanked.Count} artifacts of {Trained} are all zero, and nobody looks at hashes");
        await scene.FinishAsync();
        await NoticedAsync(scene, "I3");
    });

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task Reports_that_are_said_twice_count_once() => PlayAsync("F28", async scene =>
    {
        await scene.StartAsync(new ClusterShape { Environment = TestHooks.Repeat });
        await scene.SubmitAsync();
        await scene.FinishAsync();
        int repeated = scene.History.Count(FactKinds.Duplicate);
        Assert.True(repeated >= scene.Scan.Slabs * scene.Scan.Members, $"only {repeated} reports came twice");
        scene.Fired($"{repeated} reports came twice");
        await scene.CheckAsync();
    });

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task A_study_that_counts_every_report_is_noticed() => PlayAsync("F28-", async scene =>
    {
        var environment = TestHooks.Without("first-result-wins").Concat(TestHooks.Repeat).ToDictionary();
        await scene.StartAsync(new ClusterShape { Environment = environment });
        await scene.SubmitAsync();
        scene.Fired("every report was said twice, and the study counts each");
        await scene.FinishAsync();
        await NoticedAsync(scene, "I2");
    });

    private static async Task NoticedAsync(Scene scene, string invariant)
    {
        var failure = await Record.ExceptionAsync(() => scene.CheckAsync());
        Assert.True(failure?.Message.Contains(invariant, StringComparison.Ordinal) == true,
            $"{invariant} was not noticed, but: {failure?.Message ?? "nothing"}");
    }

    /// <summary>Clears the arrays of a file that has some; its header stays.</summary>
    private static bool Blank(string file)
    {
        var bytes = File.ReadAllBytes(file);
        ulong header = bytes.Length > 8 ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : ulong.MaxValue;
        if (header >= (ulong)bytes.Length - 8) return false;
        bytes.AsSpan(8 + (int)header).Clear();
        File.WriteAllBytes(file, bytes);
        return true;
    }

    private static int Counted(History history, string item) =>
        history.OfKind(FactKinds.Counted).Count(fact => fact.Item == item);
}
