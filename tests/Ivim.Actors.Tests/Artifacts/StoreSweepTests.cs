using Ivim.Actors.Artifacts;
using Ivim.Domain.Artifacts;
using Ivim.Physics;

namespace Ivim.Actors.Tests.Artifacts;

public sealed class StoreSweepTests
{
    private static readonly StoreRoots Nothing = new(
        new HashSet<ContentKey>(), new HashSet<string>(), _ => false, _ => false);

    /// <summary>Not JSON, null, and a record without its outputs.</summary>
    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    public void Nothing_goes_while_evidence_cannot_be_read(string record)
    {
        using var folder = new TemporaryFolder();
        var store = new FolderArtifactStore(folder.Root);
        store.Put(new byte[] { 1, 2, 3 });
        Directory.CreateDirectory(folder["results-suspect"]);
        File.WriteAllText(Path.Combine(folder["results-suspect"], "key.json"), record);

        var refusal = Assert.Throws<RefusalException>(() => new StoreSweep(store, Nothing).Find());

        Assert.Equal("GC-EVIDENCE-DAMAGED", refusal.Code);
    }
}
