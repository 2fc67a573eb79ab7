using Ivim.EndToEnd.Tests.Inputs;
using Ivim.EndToEnd.Tests.Outputs;
using Ivim.EndToEnd.Tests.Processes;

namespace Ivim.EndToEnd.Tests;

/// <summary>The prostate, mapped once without any disturbance: three networks, three slabs, two workers.</summary>
public sealed class ProstateRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private Finished? _run;

    internal string Output => _folder.Path("out");

    internal string Work => _folder.Path("work");

    public void Dispose() => _folder.Dispose();

    /// <summary>The run, made by the first test that asks.</summary>
    internal async Task<Finished> GetAsync()
    {
        if (_run is not null) return _run;
        var run = await IvimProcess.RunAsync(Arguments(Output, Work));
        return _run = run.MustBeDone();
    }

    /// <summary>The arguments of the undisturbed run, into other folders.</summary>
    internal string[] Arguments(
        string output, string work, int members = 3, int steps = 300, string merge = "median", int workers = 2) =>
        RealScan.Prostate().MapTo(output, "--protocol", SmallNetwork.Write(_folder, merge),
            "--members", $"{members}", "--steps", $"{steps}", "--workers", $"{workers}", "--work", work);

    /// <summary>A copy of the work folder that a test may do to as it likes.</summary>
    internal string CopyOfWork(string name)
    {
        string copy = _folder.Path(name);
        foreach (string file in Directory.EnumerateFiles(Work, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(Work, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        return copy;
    }

    internal string NewFolder(string name) => _folder.Path(name);

    /// <summary>The maps in a folder have the voxels of the undisturbed run, and so says the program.</summary>
    internal void MustEqual(Finished run, string output)
    {
        Assert.Equal(_run!.Hashes, run.MustBeDone().Hashes);
        Assert.Equal(_run.Hashes, new PublishedStudy(output).Hashes());
    }
}

[CollectionDefinition(Name)]
public sealed class ProstateCollection : ICollectionFixture<ProstateRun>
{
    public const string Name = "prostate";
}
