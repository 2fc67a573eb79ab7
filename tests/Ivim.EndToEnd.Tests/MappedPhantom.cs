using Ivim.EndToEnd.Tests.Inputs;
using Ivim.EndToEnd.Tests.Processes;

namespace Ivim.EndToEnd.Tests;

/// <summary>A small phantom, mapped once by two short trainings; who changes its work folder mends it again.</summary>
public sealed class MappedPhantom : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Work => _folder.Path("work");

    internal string[] Map =>
    [
        "map", Path.Combine(_folder.Path("scan"), "sub-01_dwi.nii.gz"), "--out", _folder.Path("maps"),
        "--work", Work, "--members", "2", "--steps", "20", "--workers", "1", "--quiet", "--json",
    ];

    public async Task InitializeAsync()
    {
        (await IvimProcess.RunAsync("simulate", "--out", _folder.Path("scan"), "--size", "10", "10", "6")).MustBeDone();
        (await IvimProcess.RunAsync(Map)).MustBeDone();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    internal string[] Stored(string kind) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Work, "artifacts", kind), "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal),
    ];
}
