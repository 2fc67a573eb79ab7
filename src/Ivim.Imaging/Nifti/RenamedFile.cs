namespace Ivim.Imaging.Nifti;

/// <summary>A file that appears under its name only when it is complete and on the disk.</summary>
internal sealed class RenamedFile : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;

    public RenamedFile(string path)
    {
        (_path, _temporary) = (path, path + ".part");
        Stream = new FileStream(_temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
    }

    public FileStream Stream { get; }

    public void Finish()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(_temporary, _path, overwrite: true);
    }

    /// <summary>Without <see cref="Finish"/> nothing stays behind.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        File.Delete(_temporary);
    }
}
