using Ivim.Faults.Tests.Machine;

namespace Ivim.Faults.Tests.Scans;

/// <summary>The scan of this suite, mapped once by `ivim map` with nothing disturbing it.</summary>
public sealed class QuietRun : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private Dictionary<string, string>? _hashes;

    internal SmallScan Scan { get; private set; } = null!;

    /// <summary>Map name to the hash of its voxels.</summary>
    internal IReadOnlyDictionary<string, string> Hashes => _hashes!;

    public async Task InitializeAsync()
    {
        Scan = await SmallScan.MakeAsync(_folder);
        _hashes = await MapAsync(Scan);
        Assert.Equal(PublishedMaps.All.Order(StringComparer.Ordinal), _hashes.Keys.Order(StringComparer.Ordinal));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    /// <summary>Another scan of its own, and what the quiet machine makes of it.</summary>
    internal async Task<(SmallScan Scan, Dictionary<string, string> Hashes)> AnotherAsync(
        int seed, int steps = SmallScan.UsualSteps)
    {
        var scan = await SmallScan.MakeAsync(_folder, seed, $"other{seed}", steps);
        return (scan, await MapAsync(scan));
    }

    private async Task<Dictionary<string, string>> MapAsync(SmallScan scan)
    {
        string output = scan.Folder + "-quiet";
        await Command.RunAsync("dotnet", Repository.Cli, "map", scan.Image, "--mask", scan.Mask, "--out", output,
            "--protocol", scan.ProtocolFile, "--workers", "2", "--quiet");
        return new PublishedMaps(output).Hashes();
    }
}

[CollectionDefinition(Name)]
public sealed class FaultCollection : ICollectionFixture<QuietRun>
{
    public const string Name = "faults";
}
