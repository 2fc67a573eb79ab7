namespace Ivim.Cli.Mapping;

/// <summary>Takes the output folder away again if this run made it and left nothing in it.</summary>
internal sealed class FreshFolder(string path) : IDisposable
{
    private readonly bool _isMine = !Directory.Exists(path);

    public void Dispose()
    {
        if (_isMine && Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any())
            Directory.Delete(path);
    }
}
