namespace Ivim.Faults.Tests.Machine;

/// <summary>A folder that goes with the test, unless somebody has to look into it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ivim-faults-");
    private bool _kept;

    public string Root => _folder.FullName;

    public string Path(params string[] names) => System.IO.Path.Combine([Root, .. names]);

    public string Write(string name, string text)
    {
        File.WriteAllText(Path(name), text);
        return Path(name);
    }

    public void Keep() => _kept = true;

    public void Dispose()
    {
        if (!_kept) _folder.Delete(recursive: true);
    }
}
