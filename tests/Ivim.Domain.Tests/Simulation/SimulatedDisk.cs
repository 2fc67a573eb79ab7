namespace Ivim.Domain.Tests.Simulation;

/// <summary>A file system that may forget, when the power fails, whatever was not synchronized.</summary>
internal sealed class SimulatedDisk
{
    private readonly SortedDictionary<string, File> _files = new(StringComparer.Ordinal);

    /// <summary>Off: `fsync` returns and has done nothing.</summary>
    public bool Synchronizes { get; init; } = true;

    public void Write(string path) => _files[path] = new File();

    public void SyncFile(string path)
    {
        if (Synchronizes) _files[path].HasDurableContent = true;
    }

    public void Rename(string from, string to)
    {
        var file = _files[from];
        _files.Remove(from);
        bool isThere = _files.TryGetValue(to, out var old)
            && old is { IsIntact: true, HasDurableName: true, HasDurableContent: true };
        if (isThere) return; // the same bytes are there already, and safe
        _files[to] = file;
    }

    public void SyncFolder(string path)
    {
        if (Synchronizes) _files[path].HasDurableName = true;
    }

    public bool IsIntact(string path) => _files.TryGetValue(path, out var file) && file.IsIntact;

    /// <summary>One file at rest is damaged; its path, or null where there is none.</summary>
    public string? Damage(Dice dice)
    {
        var intact = _files.Where(entry => entry.Value is { IsIntact: true, HasDurableName: true })
            .Select(entry => entry.Key).ToList();
        if (intact.Count == 0) return null;
        var path = intact[dice.Below(intact.Count)];
        _files[path].IsIntact = false;
        return path;
    }

    /// <summary>Names that were not synchronized are gone, such content is torn. The files that were intact.</summary>
    public List<string> LosePower()
    {
        var harmed = new List<string>();
        foreach (var (path, file) in _files.ToList())
        {
            bool wasIntact = file.IsIntact;
            if (!file.HasDurableContent) file.IsIntact = false;
            if (!file.HasDurableName) _files.Remove(path);
            if (wasIntact && !IsIntact(path)) harmed.Add(path);
        }
        return harmed;
    }

    private sealed class File
    {
        public bool IsIntact { get; set; } = true;

        public bool HasDurableContent { get; set; }

        public bool HasDurableName { get; set; }
    }
}
