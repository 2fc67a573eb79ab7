using Ivim.Cli.Mapping;

namespace Ivim.Cli.Tests.Mapping;

/// <summary>Keeps the options it was asked with and answers what the test wants.</summary>
internal sealed class RecordingRunner(Func<CancellationToken, Task<MapReport>> answer) : IMapRunner
{
    public RecordingRunner(MapReport report) : this(_ => Task.FromResult(report))
    {
    }

    public RecordingRunner(Exception failure) : this(_ => Task.FromException<MapReport>(failure))
    {
    }

    public static MapReport Finished { get; } = new()
    {
        Study = "sub-01",
        Protocol = "abc123",
        Computed = new Dictionary<string, int> { ["prepare"] = 1, ["train"] = 6 },
        Reused = new Dictionary<string, int> { ["train"] = 2 },
        Maps = new Dictionary<string, PublishedMap> { ["Dstar"] = new("/out/sub-01_param-Dstar.nii.gz", "00ff") },
        Warnings = [new Notice("FEW-B-VALUES", "8 distinct b-values")],
    };

    public MapOptions? Asked { get; private set; }

    public Task<MapReport> RunAsync(
        MapOptions options, IProgress<IReadOnlyList<StageProgress>> progress, CancellationToken cancellation)
    {
        Asked = options;
        progress.Report([new StageProgress("prepare", 1, 1, 0, 1), new StageProgress("train", 2, 8, 2, 0.25)]);
        return answer(cancellation);
    }
}
