using Ivim.Faults.Tests.Machine;

namespace Ivim.Faults.Tests.Scans;

/// <summary>The scan of this suite, mapped once by `ivim map` with nothing disturbing it.</summary>
public sealed class QuietRun : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _hashes = [];

    internal ScanToMap Scan { get; private set; } = null!;

    /// <summary>Map name to the hash of its voxels.</summary>
    internal IReadOnlyDictionary<string, string> Hashes => _hashes[Scan.Image];

    public async Task InitializeAsync()
    {
        Scan = await SmallScan.MakeAsync(_folder);
        await HashesOfAsync(Scan);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    /// <summary>A scan that takes longer, for what takes longer.</summary>
    internal Task<ScanToMap> LongerAsync() => SmallScan.MakeAsync(_folder, seed: 8, SmallScan.ManySteps);

    /// <summary>What the quiet machine makes of a scan.</summary>
    internal async Task<IReadOnlyDictionary<string, string>> HashesOfAsync(ScanToMap scan)
    {
        if (_hashes.TryGetValue(scan.Image, out var known)) return known;
        string name = $"quiet{_hashes.Count}", output = _folder.Path(name);
        await Command.RunAsync("dotnet", [Repository.Cli, "map", scan.Image, "--out", output, "--quiet",
            "--protocol", _folder.Write($"{name}.json", scan.Protocol), "--workers", "2", .. scan.MapOptions]);
        var hashes = new PublishedMaps(output).Hashes();
        Assert.Equal(PublishedMaps.All.Order(StringComparer.Ordinal), hashes.Keys.Order(StringComparer.Ordinal));
        return _hashes[scan.Image] = hashes;
    }
}

[CollectionDefinition(Name)]
public sealed class FaultCollection : ICollectionFixture<QuietRun>
{
    public const string Name = "faults";
}
