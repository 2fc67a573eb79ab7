using System.Text.Json;
using Ivim.Domain.Artifacts;
using Ivim.Physics;

namespace Ivim.Actors.Artifacts;

/// <summary>Which files of a store nobody needs, and their removal.</summary>
/// <param name="store">Held alone, unless it is only asked what would go. Has to leave damaged files in place.</param>
/// <param name="roots">What is needed, whatever else.</param>
public sealed class StoreSweep(FolderArtifactStore store, StoreRoots roots)
{
    private readonly HashSet<ContentKey> _keys = [];
    private readonly HashSet<string> _artifacts = [.. roots.Artifacts];

    /// <summary>The order is that of the removal: a record goes before the artifacts that it names.</summary>
    /// <exception cref="RefusalException">GC-EVIDENCE-DAMAGED.</exception>
    public IReadOnlyList<SweptFiles> Find()
    {
        Reach();
        var folders = store.Folders;
        return
        [
            new("results", [.. Unneeded(folders.ResultFiles(), file => _keys.Contains(new ContentKey(file.Name)))]),
            new("checkpoints", [.. folders.CheckpointFiles()
                .Where(checkpoint => !roots.MayGoOn(checkpoint.Key)).Select(checkpoint => checkpoint.File)]),
            new("artifacts", [.. Unneeded(folders.ArtifactFiles(), file => _artifacts.Contains(file.Name))]),
            new("damaged", [.. StoreFolders.FilesIn(folders.Damaged)]),
        ];
    }

    /// <summary>What killed writes left behind; whoever holds a work folder alone takes it away.</summary>
    public static SweptFiles Unfinished(FolderArtifactStore store) =>
        new("unfinished", [.. store.Folders.Unfinished()]);

    /// <summary>Durable kind by kind: stopped at any moment, no record is left that names what has gone.</summary>
    public static void Remove(IEnumerable<SweptFiles> swept)
    {
        foreach (var kind in swept)
        {
            foreach (var file in kind.Files) DurableFile.Delete(file.FullName);
            foreach (var folder in kind.Files.Select(file => file.DirectoryName!).Distinct())
                DurableFile.SyncFolder(folder);
        }
    }

    /// <summary>From the roots to all that they are made of.</summary>
    private void Reach()
    {
        var open = new Stack<ContentKey>(roots.Keys.Concat(store.Folders.ResultKeys()
            .Where(key => store.ReadResult(key) is { } stored && roots.Wants(stored))));
        while (open.TryPop(out var key))
        {
            if (key.Hex is null || !_keys.Add(key) || store.ReadResult(key) is not { } stored) continue;
            foreach (var output in stored.Result.Outputs) _artifacts.Add(output.Artifact.Sha256);
            if (stored.Protocol is { } protocol) _artifacts.Add(protocol.Sha256);
            foreach (var input in stored.Inputs)
            {
                _artifacts.Add(input.Artifact.Sha256);
                open.Push(input.ProducedBy);
            }
        }
        foreach (var artifact in SuspectArtifacts()) _artifacts.Add(artifact);
    }

    /// <summary>Two results of one key are evidence: who looks for the cause needs the bytes of both.</summary>
    private IEnumerable<string> SuspectArtifacts() => StoreFolders.FilesIn(store.Folders.Suspects)
        .Where(file => file.Extension == ".json")
        .Select(ReadSuspect).SelectMany(suspect => suspect.First.Concat(suspect.Second))
        .Select(output => output.Artifact.Sha256);

    /// <summary>What it named is not known, so nothing at all may go.</summary>
    private static SuspectResult ReadSuspect(FileInfo file)
    {
        try
        {
            return JsonSerializer.Deserialize<SuspectResult>(File.ReadAllBytes(file.FullName))
                is { First: not null, Second: not null } suspect ? suspect : throw new JsonException();
        }
        catch (JsonException e)
        {
            throw new RefusalException("GC-EVIDENCE-DAMAGED",
                "a damaged record of two differing results in results-suspect", "records that name their artifacts",
                "find out what damaged it, then move it away; nothing was freed", e);
        }
    }

    private static IEnumerable<FileInfo> Unneeded(IEnumerable<FileInfo> files, Func<FileInfo, bool> isNeeded) =>
        files.Where(file => !isNeeded(file)).OrderBy(file => file.Name, StringComparer.Ordinal);
}

/// <param name="Keys">Results that are needed.</param>
/// <param name="Artifacts">SHA-256 of artifacts that are needed whoever made them.</param>
/// <param name="Wants">Whether a stored result is needed though no key names it.</param>
/// <param name="MayGoOn">Whether an item of this key may yet go on from its checkpoint.</param>
public sealed record StoreRoots(IReadOnlySet<ContentKey> Keys, IReadOnlySet<string> Artifacts,
    Func<StoredResult, bool> Wants, Func<ContentKey, bool> MayGoOn);

/// <summary>Files of one kind: `results`, `checkpoints`, `artifacts`, `damaged`, `inputs` or `unfinished`.</summary>
public sealed record SweptFiles(string Kind, IReadOnlyList<FileInfo> Files)
{
    public long Bytes { get; } = Files.Sum(file => file.Length);
}
