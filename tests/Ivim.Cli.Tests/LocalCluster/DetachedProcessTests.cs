using System.Globalization;
using System.Runtime.InteropServices;
using Ivim.Cli.LocalCluster;

namespace Ivim.Cli.Tests.LocalCluster;

public sealed class DetachedProcessTests : IDisposable
{
    private const int Session = 3;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_has_a_session_of_its_own_and_no_file_of_ours()
    {
        // A copy of a file is inherited, as are those that a shell opened for its commands.
        using var opened = File.Create(_folder["opened"]);
        int copy = Duplicate((int)opened.SafeFileHandle.DangerousGetHandle());
        using var process = DetachedProcess.Start(
            ["/bin/sh", "-c", "while :; do sleep 0.1; done"], new Dictionary<string, string?>(), _folder["log"]);
        try
        {
            await BecameAsync(process.Id, "while :");
            var stat = await File.ReadAllTextAsync($"/proc/{process.Id}/stat");
            Assert.Equal($"{process.Id}", stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[Session]);
            var files = Directory.GetFileSystemEntries($"/proc/{process.Id}/fd")
                .ToDictionary(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture),
                    path => new FileInfo(path).LinkTarget);
            Assert.Equal("/dev/null", files[0]);
            Assert.Equal(_folder["log"], files[1]);
            Assert.Equal(_folder["log"], files[2]);
            Assert.DoesNotContain(_folder["opened"], files.Values);
        }
        finally
        {
            process.Kill();
            Assert.Equal(0, Close(copy));
        }
    }

    [Fact]
    public async Task It_appends_to_its_log_and_gets_its_environment()
    {
        await File.WriteAllTextAsync(_folder["log"], "before\n");
        using var process = DetachedProcess.Start(
            ["/bin/sh", "-c", "echo out $A; echo err \"$1\" >&2", "name", "two words"],
            new Dictionary<string, string?> { ["A"] = "a", ["PATH"] = "/usr/bin:/bin" }, _folder["log"]);
        await process.WaitForExitAsync();
        Assert.Equal("before\nout a\nerr two words\n", await File.ReadAllTextAsync(_folder["log"]));
    }

    private static async Task BecameAsync(int pid, string word)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var begin = "/bin/sh\0-c\0" + word;
        while (!(await File.ReadAllTextAsync($"/proc/{pid}/cmdline")).StartsWith(begin, StringComparison.Ordinal))
            await Task.Delay(10, limit.Token);
    }

    [DllImport("libc", EntryPoint = "dup")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Duplicate(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
