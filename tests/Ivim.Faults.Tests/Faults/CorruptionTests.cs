using System.Globalization;
using Ivim.Faults.Tests.Clusters;
using Ivim.Faults.Tests.Histories;
using Ivim.Faults.Tests.Injection;
using Ivim.Faults.Tests.Machine;
using Ivim.Faults.Tests.Recovery;
using Ivim.Faults.Tests.Scans;
using Xunit.Abstractions;

namespace Ivim.Faults.Tests.Faults;

/// <summary>F19 and F20: artifacts and checkpoints that rot on the disk.</summary>
[Collection(FaultCollection.Name)]
public sealed class CorruptionTests(QuietRun quiet, ITestOutputHelper console) : FaultTest(quiet, console)
{
    private const string Merged = "merge/slab-000", Trained = "train/slab-000/member-00";

    [SkippableFact]
    [Trait("Faults", "short")]
    public Task A_flipped_bit_in_a_network_s_maps_is_found_and_they_are_made_again() => CorruptAsync(Corruption.OneBit);

    [SkippableTheory]
    [Trait("Faults", "long")]
    [InlineData(nameof(Corruption.Truncated))]
    [InlineData(nameof(Corruption.Empty))]
    [InlineData(nameof(Corruption.SwappedFile))]
    public Task Damaged_maps_of_a_network_are_found_and_made_again(string corruption) =>
        CorruptAsync(Enum.Parse<Corruption>(corruption));

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task A_damaged_checkpoint_costs_no_more_than_the_way_from_the_one_before() =>
        CheckpointAsync(Corruption.OneBit, howMany: 1);

    [SkippableFact]
    [Trait("Faults", "long")]
    public Task Damaged_checkpoints_cost_their_training_and_change_nothing_else() =>
        CheckpointAsync(Corruption.Truncated, howMany: int.MaxValue);

    private Task CheckpointAsync(Corruption corruption, int howMany) => PlayAsync("F20", async scene =>
    {
        await scene.StartAsync(new ClusterShape());
        await scene.SubmitAsync();
        var victim = await scene.InTrainingAsync();
        await LocalCluster.KillAsync(victim.Process);
        var kept = new StoredResults(scene.Work).CheckpointsOf(victim.Key);
        foreach (string checkpoint in kept.Take(howMany)) corruption.Apply(checkpoint, scene.Nemesis);
        scene.Fired($"{Math.Min(howMany, kept.Count)} of {kept.Count} checkpoints of {victim.Item} are {corruption}");
        await scene.RecoversAsync($"worker kill -9, checkpoint {corruption}", Timings.WorkerKilled, victim.IsFreed);
        await scene.FinishAsync();
        int next = kept.Count > howMany
            ? int.Parse(Path.GetExtension(kept[howMany])[1..], CultureInfo.InvariantCulture) : 0;
        Assert.Equal(next, victim.NextRunFrom(scene.History));
        await scene.CheckAsync(new CheckOptions { KnownSteps = victim.KeptStep + scene.Scan.Steps / 2 - next });
    });

    /// <summary>
    /// Damages maps of one network while the rest of its slab is trained, so that the merge has to notice.
    /// </summary>
    private Task CorruptAsync(Corruption corruption) => PlayAsync("F19", async scene =>
    {
        await scene.StartAsync(new ClusterShape { Workers = 2 });
        await scene.SubmitAsync();
        await Until.TrueAsync(() => Counted(scene.History, Trained) > 0, Timings.Run, $"{Trained} was counted");
        var store = new StoredResults(scene.Work);
        var files = store.FilesOf(Trained);
        string file = scene.Nemesis.Choose(files);
        corruption.Apply(file, scene.Nemesis, store.FilesOf("prepare")[0]);
        Assert.Equal(0, Counted(scene.History, Merged));
        scene.Fired($"artifact {Path.GetFileName(file)[..8]} of {Trained} is {corruption}");
        await scene.FinishAsync();
        Assert.Contains(Path.GetFileName(file), store.Damaged);
        var trainings = scene.History.Runs().Where(run => run.Item.StartsWith("train", StringComparison.Ordinal));
        Assert.Equal(scene.Scan.Slabs * scene.Scan.Members + 1, trainings.Count(run => run.EndedSteps > 0));
        await scene.CheckAsync(new CheckOptions { KnownSteps = scene.Scan.Steps, Status = false });
    });

    private static int Counted(History history, string item) =>
        history.OfKind(FactKinds.Counted).Count(fact => fact.Item == item);
}
