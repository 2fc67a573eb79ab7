using Ivim.EndToEnd.Tests.Outputs;
using Ivim.EndToEnd.Tests.Processes;

namespace Ivim.EndToEnd.Tests;

/// <summary>What is done is not done again; what is lost or damaged is made again with the same bits.</summary>
[Collection(ProstateCollection.Name)]
public sealed class RepeatedRunTests(ProstateRun prostate)
{
    /// <summary>Three networks, and each one's maps of three slabs.</summary>
    private const int TrainItems = 3 + 3 * 3;

    [SkippableFact]
    public async Task The_first_run_computes_everything_and_publishes_every_file()
    {
        var first = await prostate.GetAsync();
        PublishedAssert.IsComplete(prostate.Output, Inputs.RealScan.Prostate().Image, first, "cnn-bilstm-mham");
        Assert.Equal((1, TrainItems, 3, 1, 1), Counts(first.Computed));
        Assert.Equal((0, 0, 0, 0, 0), Counts(first.Reused));
    }

    [SkippableFact]
    public async Task The_same_command_again_computes_nothing_and_says_so()
    {
        await prostate.GetAsync();
        string[] arguments = prostate.Arguments(prostate.Output, prostate.Work);
        Assert.Equal((0, 0, 0, 0, 0), await PlannedAsync(arguments));
        var again = await IvimProcess.RunAsync(arguments);
        prostate.MustEqual(again, prostate.Output);
        Assert.Equal((0, 0, 0, 0, 0), Counts(again.Computed));
        Assert.Equal((1, TrainItems, 3, 1, 1), Counts(again.Reused));
    }

    [SkippableFact]
    public async Task Another_output_folder_is_only_published_to()
    {
        await prostate.GetAsync();
        string output = prostate.NewFolder("another");
        var run = await IvimProcess.RunAsync(prostate.Arguments(output, prostate.CopyOfWork("another-work")));
        prostate.MustEqual(run, output);
        Assert.Equal((0, 0, 0, 0, 1), Counts(run.Computed));
    }

    [SkippableFact]
    public async Task A_fourth_member_is_the_only_one_to_be_trained()
    {
        await prostate.GetAsync();
        string output = prostate.NewFolder("four"), work = prostate.CopyOfWork("four-work");
        string[] arguments = prostate.Arguments(output, work, members: 4);
        Assert.Equal((0, 1 + 3, 3, 1, 1), await PlannedAsync(arguments));
        var run = await IvimProcess.RunAsync(arguments);
        Assert.Equal((0, 1 + 3, 3, 1, 1), Counts(run.MustBeDone().Computed));
        Assert.Equal(TrainItems, run.Reused("train"));
    }

    [SkippableFact]
    public async Task Another_rule_of_merging_trains_nothing()
    {
        await prostate.GetAsync();
        string output = prostate.NewFolder("mean"), work = prostate.CopyOfWork("mean-work");
        string[] arguments = prostate.Arguments(output, work, merge: "mean");
        Assert.Equal((0, 0, 3, 1, 1), await PlannedAsync(arguments));
        var run = await IvimProcess.RunAsync(arguments);
        Assert.Equal((0, 0, 3, 1, 1), Counts(run.MustBeDone().Computed));
        Assert.NotEqual((await prostate.GetAsync()).Hashes["D"], run.Hashes["D"]);
        // What the members agree on does not depend on how they are merged.
        Assert.Equal((await prostate.GetAsync()).Hashes["mask"], run.Hashes["mask"]);
    }

    [SkippableTheory]
    [InlineData("missing map")]
    [InlineData("damaged map")]
    [InlineData("cut map")]
    [InlineData("missing side-car")]
    [InlineData("missing provenance")]
    [InlineData("missing dataset description")]
    public async Task The_same_command_restores_what_is_gone_from_the_output_folder(string what)
    {
        await prostate.GetAsync();
        string output = prostate.NewFolder("restored"), work = prostate.NewFolder("restored-work");
        if (!Directory.Exists(work)) prostate.CopyOfWork("restored-work");
        if (!Directory.Exists(output)) (await IvimProcess.RunAsync(prostate.Arguments(output, work))).MustBeDone();
        string file = Damage(new PublishedStudy(output), what);
        var run = await IvimProcess.RunAsync(prostate.Arguments(output, work));
        prostate.MustEqual(run, output);
        Assert.True(File.Exists(file));
        Assert.Equal((0, 0, 0, 0, 1), Counts(run.Computed));
    }

    [SkippableFact]
    public async Task Artifacts_that_are_damaged_or_gone_are_made_again_with_the_same_bits()
    {
        await prostate.GetAsync();
        string output = prostate.NewFolder("damaged"), work = prostate.CopyOfWork("damaged-work");
        var store = new StoredArtifacts(work);
        // From the last to the first: each is only missed by the one behind it.
        store.Delete("assemble", "D.nii.gz");
        store.FlipByte("merge/slab-001", "merged");
        store.FlipByte("train/slab-001/member-02", "maps");
        store.Delete("train/member-02", "weights");
        Assert.NotEqual((0, 0, 0, 0, 1), await PlannedAsync(prostate.Arguments(output, work)));
        var run = await IvimProcess.RunAsync(prostate.Arguments(output, work));
        prostate.MustEqual(run, output);
    }

    /// <summary>What `plan` says that the run would compute; it leaves the work folder as it is.</summary>
    private static async Task<(int, int, int, int, int)> PlannedAsync(string[] arguments)
    {
        var plan = await IvimProcess.RunAsync(["plan", .. arguments[1..]]);
        return Counts(plan.MustBeDone().Computed);
    }

    private static string Damage(PublishedStudy study, string what)
    {
        var (file, damage) = what switch
        {
            "missing map" => (study.Image("D"), (Action<string>)File.Delete),
            "damaged map" => (study.Image("f"), FlipMiddleByte),
            "cut map" => (study.Image("S0-std"), path => File.WriteAllBytes(path, File.ReadAllBytes(path)[..^9])),
            "missing side-car" => (study.SideCar("rmse"), File.Delete),
            "missing provenance" => (study.Provenance, File.Delete),
            "missing dataset description" => (study.DatasetDescription, File.Delete),
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };
        damage(file);
        return file;
    }

    private static void FlipMiddleByte(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private static (int Prepare, int Train, int Merge, int Assemble, int Publish) Counts(Func<string, int> of) =>
        (of("prepare"), of("train"), of("merge"), of("assemble"), of("publish"));
}
