namespace Ivim.Cli.Mapping;

/// <summary>Takes folders away again that this run made, when the input turns out to be unusable.</summary>
internal sealed class FreshFolders : IDisposable
{
    private readonly string _work;
    private readonly string _output;
    private readonly bool _madeWork;
    private readonly bool _madeOutput;
    private bool _keep;

    public FreshFolders(string work, string output)
    {
        (_work, _output) = (work, output);
        (_madeWork, _madeOutput) = (!Directory.Exists(work), !Directory.Exists(output));
    }

    /// <summary>There is something in them to come back to.</summary>
    public void Keep() => _keep = true;

    public void Dispose()
    {
        if (_keep) return;
        if (_madeWork && Directory.Exists(_work)) Directory.Delete(_work, recursive: true);
        if (_madeOutput && Directory.Exists(_output) && !Directory.EnumerateFileSystemEntries(_output).Any())
            Directory.Delete(_output);
    }
}
