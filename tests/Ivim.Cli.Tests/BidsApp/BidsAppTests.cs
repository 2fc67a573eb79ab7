using System.Diagnostics;
using System.Text.Json;
using Ivim.Cli.Mapping;
using Ivim.Physics;

namespace Ivim.Cli.Tests.BidsApp;

public sealed class BidsAppTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _dataset;

    public BidsAppTests()
    {
        _dataset = _folder["raw"];
        foreach (string subject in new[] { "01", "02", "03" }) Add($"sub-{subject}/dwi/sub-{subject}_dwi.nii.gz");
        File.WriteAllText(Path.Combine(_dataset, "dwi.bval"), "0 50 200 800");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_series_is_mapped_with_its_inherited_side_cars()
    {
        var runner = new SelectiveRunner();
        var run = await ProgramRun.OfAsync(
            runner, _dataset, "out", "participant", "--method", "nlls", "--seed", "3", "--json", "--quiet");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["sub-01_dwi.nii.gz", "sub-02_dwi.nii.gz", "sub-03_dwi.nii.gz"], runner.Inputs);
        Assert.All(runner.Asked, asked => Assert.Equal(("out", "nlls", 3ul, Path.Combine(_dataset, "dwi.bval")),
            (asked.Out, asked.Method, asked.Seed, asked.Bval)));
        var report = JsonDocument.Parse(run.LastLine).RootElement;
        Assert.Equal(["sub-01_dwi", "sub-02_dwi", "sub-03_dwi"],
            report.GetProperty("series").EnumerateArray().Select(one => one.GetProperty("name").GetString()));
        Assert.Equal(0, report.GetProperty("failed").GetInt32());
    }

    [Fact]
    public async Task A_series_that_fails_costs_the_others_nothing()
    {
        var runner = new SelectiveRunner("sub-02");
        var run = await ProgramRun.OfAsync(runner, _dataset, "out", "participant", "--quiet");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(3, runner.Asked.Count);
        Assert.Equal(
            "error sub-02_dwi: NIFTI-TRUNCATED: found 10 bytes; expected 348 bytes; copy the file again.\n", run.Error);
        Assert.Equal("2 of 3 series mapped", run.LastLine);
    }

    [Theory]
    [InlineData("--participant-label", "02", "sub-03")]
    [InlineData("--participant_label", "sub-02", "03")]
    public async Task Participants_are_selected_with_or_without_their_prefix(params string[] selection)
    {
        var runner = new SelectiveRunner();
        Assert.Equal(0, (await ProgramRun.OfAsync(
            runner, [_dataset, "out", "participant", "--quiet", .. selection])).ExitCode);
        Assert.Equal(["sub-02_dwi.nii.gz", "sub-03_dwi.nii.gz"], runner.Inputs);
    }

    [Fact]
    public async Task Sessions_and_other_entities_select_too()
    {
        Add("sub-04/ses-a/dwi/sub-04_ses-a_run-1_dwi.nii.gz");
        Add("sub-04/ses-a/dwi/sub-04_ses-a_run-2_dwi.nii.gz");
        Add("sub-04/ses-b/dwi/sub-04_ses-b_run-1_dwi.nii.gz");
        var runner = new SelectiveRunner();
        await ProgramRun.OfAsync(runner, _dataset, "out", "participant", "--quiet", "--session-label", "a",
            "--entity", "run-2");
        Assert.Equal(["sub-04_ses-a_run-2_dwi.nii.gz"], runner.Inputs);
    }

    [Theory]
    [InlineData("BIDS-NOTHING-SELECTED", "participant", "--participant-label", "01", "99")]
    [InlineData("BIDS-GROUP-LEVEL", "group")]
    public async Task What_cannot_be_done_is_refused_before_anything_starts(string code, params string[] rest)
    {
        var runner = new SelectiveRunner();
        var run = await ProgramRun.OfAsync(runner, [_dataset, "out", .. rest]);
        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith($"error {code}: ", run.Error, StringComparison.Ordinal);
        Assert.Empty(runner.Asked);
    }

    [Fact]
    public async Task Two_series_with_one_name_for_their_outputs_are_both_refused()
    {
        Add("sub-02/dwi/sub-02_dwi.nii");
        Add("sub-03/dwi/sub-03_desc-preproc_dwi.nii.gz");
        var runner = new SelectiveRunner();
        var run = await ProgramRun.OfAsync(runner, _dataset, "out", "participant", "--quiet");
        Assert.Equal(["sub-01_dwi.nii.gz"], runner.Inputs);
        Assert.Equal(4, run.Error.Split("BIDS-SAME-NAME").Length - 1);
    }

    [Fact]
    public async Task A_scan_in_another_subjects_folder_is_refused()
    {
        Add("sub-03/dwi/sub-02_acq-b_dwi.nii.gz");
        var runner = new SelectiveRunner();
        var run = await ProgramRun.OfAsync(runner, _dataset, "out", "participant", "--quiet");
        Assert.Equal(3, runner.Asked.Count);
        Assert.StartsWith("error sub-02_acq-b_dwi: BIDS-FOLDER-MISMATCH: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_brain_mask_of_QSIPrep_is_taken()
    {
        Add("sub-05/dwi/sub-05_space-ACPC_desc-preproc_dwi.nii.gz");
        Add("sub-05/dwi/sub-05_space-ACPC_desc-brain_mask.nii.gz");
        var runner = new SelectiveRunner();
        await ProgramRun.OfAsync(runner, _dataset, "out", "participant", "--quiet", "--participant-label", "05");
        Assert.EndsWith("sub-05_space-ACPC_desc-brain_mask.nii.gz", runner.Asked[0].Mask, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_bidsignore_names_is_no_part_of_the_dataset()
    {
        File.WriteAllText(Path.Combine(_dataset, ".bidsignore"), "# not yet\nsub-02/\n/sub-03/**\n!*_dwi.nii.gzip\n");
        var runner = new SelectiveRunner();
        await ProgramRun.OfAsync(runner, _dataset, "out", "participant", "--quiet");
        Assert.Equal(["sub-01_dwi.nii.gz"], runner.Inputs);
    }

    [Fact]
    public async Task A_cohort_that_is_called_participant_is_still_a_cohort()
    {
        var run = await ProgramRun.OfAsync(new SelectiveRunner(), "cohort", "nothing", "participant");
        Assert.Contains("ivim cohort --help", run.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_validator_of_BIDS_accepts_a_simulated_dataset()
    {
        string validator = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
            ".cache", "ivim-tools", "node_modules", ".bin", "bids-validator");
        Skip.IfNot(File.Exists(validator), "no bids-validator here: .ci/run fetches it");
        string dataset = _folder["simulated"];
        var run = await ProgramRun.OfAsync("simulate", "--out", dataset, "--subjects", "2", "--sessions", "2",
            "--size", "8", "8", "2", "--b-values", "0", "50", "200", "800");
        Assert.Equal(0, run.ExitCode);
        var start = new ProcessStartInfo(validator, ["--json", dataset]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        string json = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var issues = JsonDocument.Parse(json).RootElement.GetProperty("issues");
        Assert.Equal("[]", issues.GetProperty("errors").GetRawText());
        Assert.Equal(0, process.ExitCode);
    }

    private void Add(string path)
    {
        string full = Path.Combine(_dataset, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, "x");
    }

    /// <summary>Keeps what it was asked, and refuses the inputs that hold a word.</summary>
    private sealed class SelectiveRunner(string? refused = null) : IMapRunner
    {
        public List<MapOptions> Asked { get; } = [];

        public IEnumerable<string?> Inputs => Asked.Select(asked => Path.GetFileName(asked.Input));

        public Task<MapReport> RunAsync(
            MapOptions options, IProgress<IReadOnlyList<StageProgress>> progress, CancellationToken cancellation)
        {
            Asked.Add(options);
            return refused is not null && options.Input.Contains(refused, StringComparison.Ordinal)
                ? Task.FromException<MapReport>(
                    new RefusalException("NIFTI-TRUNCATED", "10 bytes", "348 bytes", "copy the file again"))
                : Task.FromResult(new MapReport { Study = "s", Protocol = "p" });
        }
    }
}
