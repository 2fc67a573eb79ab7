using System.Diagnostics;
using System.Runtime.Versioning;

namespace Ivim.Cli.Tests.Launcher;

/// <summary>The launcher script, in a source tree of its own with a `dotnet` that notes what it is asked.</summary>
[SupportedOSPlatform("linux")]
public sealed class LauncherTests : IDisposable
{
    private const string RecordingDotnet = """
        #!/usr/bin/env bash
        if [[ $1 == --version ]]; then echo 10.0.100; exit; fi
        if [[ $1 == build ]]; then
          echo "$2" >>"$CALLS"
          if [[ -f "$CALLS.broken" ]]; then echo "A.cs(1,1): error CS1002: ; expected"; exit 1; fi
          for program in Ivim.Cli/ivim Ivim.Cluster.Seed/Ivim.Cluster.Seed Ivim.Cluster.Worker/Ivim.Cluster.Worker; do
            mkdir -p "artifacts/bin/${program%/*}/release_linux-x64"
            echo built >"artifacts/bin/${program%/*}/release_linux-x64/${program#*/}.dll"
          done
          exit
        fi
        echo "pid $$ threads $OMP_NUM_THREADS program $(basename "$1") arguments ${*:2}"
        exit 7
        """;

    private readonly TemporaryFolder _tree = new();

    public LauncherTests()
    {
        foreach (var folder in (string[])["src", "eng", "bin", "elsewhere"]) Directory.CreateDirectory(_tree[folder]);
        foreach (var file in (string[])["src/A.cs", "Directory.Build.props", "global.json", "Ivim.sln"])
            File.WriteAllText(_tree[file], "");
        File.Copy(Path.Combine(Repository.Root, "ivim"), _tree["ivim"]);
        WriteScript("bin/dotnet", RecordingDotnet);
    }

    public void Dispose() => _tree.Dispose();

    [Fact]
    public async Task The_first_use_builds_and_the_next_does_not()
    {
        await RunAsync("ivim", "map");
        await RunAsync("ivim", "map");
        Assert.Equal(1, Builds());
    }

    [Theory]
    [InlineData("src/A.cs")]
    [InlineData("eng/New.targets")]
    [InlineData("Directory.Build.props")]
    [InlineData("Ivim.sln")]
    public async Task A_changed_source_builds_again(string file)
    {
        await RunAsync("ivim", "map");
        File.WriteAllText(_tree[file], "changed");
        File.SetLastWriteTimeUtc(_tree[file], File.GetLastWriteTimeUtc(_tree["artifacts/ivim.built"]).AddSeconds(1));
        await RunAsync("ivim", "map");
        Assert.Equal(2, Builds());
    }

    [Theory]
    [InlineData("Ivim.Cli", "ivim.dll")]
    [InlineData("Ivim.Cluster.Seed", "Ivim.Cluster.Seed.dll")]
    [InlineData("Ivim.Cluster.Worker", "Ivim.Cluster.Worker.dll")]
    public async Task A_program_that_is_gone_is_built_again(string room, string program)
    {
        await RunAsync("ivim", "map");
        File.Delete(_tree[$"artifacts/bin/{room}/release_linux-x64/{program}"]);
        await RunAsync("ivim", "map");
        Assert.Equal(2, Builds());
    }

    /// <summary>One build: three would restore the same rooms three times.</summary>
    [Fact]
    public async Task It_builds_the_filter_that_names_every_program()
    {
        await RunAsync("ivim", "map");
        string filter = Assert.Single(File.ReadAllLines(_tree["calls"]));
        string projects = await File.ReadAllTextAsync(Path.Combine(Repository.Root, filter));
        Assert.All(["Ivim.Cli.csproj", "Ivim.Cluster.Seed.csproj", "Ivim.Cluster.Worker.csproj"],
            project => Assert.Contains($"/{project}\"", projects, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Several_that_start_at_once_build_once()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunAsync("ivim", "map")));
        Assert.All(runs, run => Assert.Equal(7, run.ExitCode));
        Assert.Equal(1, Builds());
    }

    [Fact]
    public async Task The_program_takes_the_place_of_the_launcher_so_that_signals_and_exit_codes_are_its_own()
    {
        var run = await RunAsync("ivim", "map", "a file.nii", "--out", "x");
        Assert.Equal(7, run.ExitCode);
        Assert.Equal($"pid {run.ProcessId} threads 1 program ivim.dll arguments map a file.nii --out x\n", run.Output);
    }

    [Fact]
    public async Task It_works_through_a_link_from_another_folder()
    {
        File.CreateSymbolicLink(_tree["elsewhere/maps"], "../ivim");
        Assert.Equal(7, (await RunAsync("elsewhere/maps", "map")).ExitCode);
    }

    [Fact]
    public async Task A_build_that_fails_says_why_and_is_tried_again_next_time()
    {
        File.WriteAllText(_tree["calls.broken"], "");
        var run = await RunAsync("ivim", "map");
        Assert.Equal(4, run.ExitCode);
        Assert.Contains("A.cs(1,1): error CS1002", run.Error, StringComparison.Ordinal);
        Assert.Contains("error BUILD: found", run.Error, StringComparison.Ordinal);
        File.Delete(_tree["calls.broken"]);
        Assert.Equal(7, (await RunAsync("ivim", "map")).ExitCode);
    }

    [Fact]
    public async Task Without_dotnet_it_says_what_is_missing()
    {
        File.Delete(_tree["bin/dotnet"]);
        foreach (var tool in (string[])["bash", "env", "readlink", "dirname"])
            File.CreateSymbolicLink(_tree["bin/" + tool], "/usr/bin/" + tool);
        var run = await RunAsync("ivim", _tree["bin"], ["map"]);
        Assert.Equal(4, run.ExitCode);
        Assert.StartsWith("error DOTNET: found no dotnet on the PATH; expected", run.Error, StringComparison.Ordinal);
    }

    private int Builds() => File.ReadAllLines(_tree["calls"]).Length;

    private Task<LauncherRun> RunAsync(string script, params string[] arguments) =>
        RunAsync(script, _tree["bin"] + ":/usr/bin:/bin", arguments);

    private async Task<LauncherRun> RunAsync(string script, string searchPath, string[] arguments)
    {
        var start = new ProcessStartInfo(_tree[script], arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _tree["elsewhere"],
        };
        start.Environment["PATH"] = searchPath;
        start.Environment["CALLS"] = _tree["calls"];
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new LauncherRun(process.Id, process.ExitCode, await output, await error);
    }

    private void WriteScript(string name, string text)
    {
        File.WriteAllText(_tree[name], text);
        File.SetUnixFileMode(_tree[name], File.GetUnixFileMode(_tree[name]) | UnixFileMode.UserExecute);
    }

    private sealed record LauncherRun(int ProcessId, int ExitCode, string Output, string Error);
}
