using System.Text.Json;
using System.Text;
using Ivim.Actors.Artifacts;
using Ivim.Actors.Tests.Studies;
using Ivim.Actors.Tests.Work;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Work;

namespace Ivim.Actors.Tests.Artifacts;

public sealed class FolderArtifactStoreTests : IDisposable
{
    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes("the maps of a slab");

    private readonly TemporaryFolder _folder = new();
    private readonly FolderArtifactStore _store;

    public FolderArtifactStoreTests() => _store = new FolderArtifactStore(_folder.Root);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_bytes_twice_are_one_artifact_named_by_its_content()
    {
        var first = _store.Put(Bytes);
        Assert.Equal(first, _store.Put(Bytes.ToArray()));
        Assert.Equal(Bytes, _store.Read(first));
        // sha256sum of the bytes.
        Assert.Equal([Path.Combine("sha256", first.Sha256[..2], first.Sha256)], TemporaryFolder.FilesOf(_folder.Root));
        Assert.Equal(Example.Artifact("the maps of a slab"), first);
    }

    [Fact]
    public void An_empty_artifact_is_an_artifact()
    {
        var empty = _store.Put(ReadOnlyMemory<byte>.Empty);
        // SHA-256 of nothing: FIPS 180-4, the well-known value.
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", empty.Sha256);
        Assert.Empty(_store.Read(empty));
    }

    [Theory]
    [InlineData("flip")]
    [InlineData("truncate")]
    [InlineData("empty")]
    [InlineData("longer")]
    public void A_damaged_artifact_is_lost_kept_aside_and_can_be_made_again(string how)
    {
        var artifact = _store.Put(Bytes);
        var path = PathOf(artifact);
        Damage(path, how);
        Assert.Equal(artifact, Assert.Throws<LostArtifactException>(() => _store.Read(artifact)).Artifact);
        Assert.False(_store.Contains(artifact));
        Assert.Equal([artifact.Sha256], TemporaryFolder.FilesOf(_folder["damaged"]));
        Assert.Throws<LostArtifactException>(() => _store.Read(artifact));
        _store.Put(Bytes);
        Assert.Equal(Bytes, _store.Read(artifact));
    }

    [Fact]
    public void Storing_bytes_heals_a_damaged_artifact_that_nobody_has_read()
    {
        var artifact = _store.Put(Bytes);
        Damage(PathOf(artifact), "flip");
        _store.Put(Bytes);
        Assert.Equal(Bytes, _store.Read(artifact));
        Assert.Equal([artifact.Sha256], TemporaryFolder.FilesOf(_folder["damaged"]));
    }

    [Fact]
    public void Many_threads_that_store_the_same_bytes_leave_one_whole_artifact()
    {
        var many = new byte[200_000];
        var made = Enumerable.Range(0, 16).AsParallel().WithDegreeOfParallelism(16)
            .Select(_ => new FolderArtifactStore(_folder.Root).Put(many)).Distinct().ToList();
        Assert.Equal(many, _store.Read(Assert.Single(made)));
        Assert.Single(TemporaryFolder.FilesOf(_folder.Root));
    }

    [Fact]
    public void What_a_crash_left_under_a_temporary_name_is_no_artifact()
    {
        var artifact = Example.Artifact("the maps of a slab");
        var path = PathOf(artifact);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path + ".4711-1" + DurableFile.TemporarySuffix, Bytes);
        Assert.False(_store.Contains(artifact));
        Assert.Throws<LostArtifactException>(() => _store.Read(artifact));
        Assert.Equal(artifact, _store.Put(Bytes));
        Assert.Equal(Bytes, _store.Read(artifact));
    }

    [Fact]
    public void A_result_counts_only_while_each_of_its_artifacts_is_there()
    {
        var item = WorkerExamples.Item(ItemName.Maps(0, 0));
        var artifact = _store.Put(Bytes);
        _store.SaveResult(
            item, new WorkResult([new NamedArtifact("maps", artifact)], ["A-NOTE: said"], Reused: true), "w");
        var stored = _store.FindResult(item.Key);
        Assert.Equal(("train/slab-000/member-00", false), (stored?.Item, stored?.Result.Reused));
        Assert.Equal("A-NOTE: said", Assert.Single(stored!.Result.Notes));
        File.Delete(PathOf(artifact));
        Assert.Null(_store.FindResult(item.Key));
        Assert.Null(_store.FindResult(WorkerExamples.Item(ItemName.Maps(1, 0)).Key));
    }

    [Fact]
    public void The_first_result_of_a_key_stays_and_another_is_set_aside()
    {
        var item = WorkerExamples.Item(ItemName.Maps(0, 0));
        var (first, second) = (ResultOf(Bytes), ResultOf([1, 2, 3]));
        _store.SaveResult(item, first, "host-1-0");
        _store.SaveResult(item, first with { Notes = ["A-NOTE: said"] }, "host-2-0");
        Assert.Throws<ResultConflictException>(() => _store.SaveResult(item, second, "host-2-0"));
        Assert.Throws<ResultConflictException>(() => _store.SaveResult(item, second, "host-3-0"));
        Assert.True(first.Agrees(_store.FindResult(item.Key)!.Result));
        var file = Assert.Single(TemporaryFolder.FilesOf(_folder["results-suspect"]));
        var suspect = JsonSerializer.Deserialize<SuspectResult>(
            File.ReadAllBytes(Path.Combine(_folder["results-suspect"], file)))!;
        Assert.Equal((item.Key.Hex, first.OutputsSha256(), second.OutputsSha256(), "host-2-0"),
            (suspect.Key, suspect.FirstSha256, suspect.SecondSha256, suspect.Worker));
        Assert.NotEqual(default, suspect.At);
    }

    [Fact]
    public void A_damaged_result_makes_room_for_the_next()
    {
        var item = WorkerExamples.Item(ItemName.Maps(0, 0));
        _store.SaveResult(item, ResultOf(Bytes), "w");
        Damage(OnlyResult(), "truncate");
        _store.SaveResult(item, ResultOf([1, 2, 3]), "w");
        Assert.True(ResultOf([1, 2, 3]).Agrees(_store.FindResult(item.Key)!.Result));
    }

    [Fact]
    public async Task Of_many_results_of_a_key_at_a_time_one_is_kept_and_the_others_are_conflicts()
    {
        var item = WorkerExamples.Item(ItemName.Maps(0, 0));
        var results = Enumerable.Range(0, 16).Select(bits => ResultOf([(byte)bits])).ToList();
        var conflicts = await Task.WhenAll(results.Select(result => Task.Run(() => Record.Exception(() =>
            new FolderArtifactStore(_folder.Root).SaveResult(item, result, "w")))));
        Assert.Equal(15, conflicts.Count(conflict => conflict is ResultConflictException));
        Assert.True(results[Array.IndexOf(conflicts, null)].Agrees(_store.FindResult(item.Key)!.Result));
    }

    private WorkResult ResultOf(byte[] bytes) =>
        new([new NamedArtifact("maps", _store.Put(bytes))], [], Reused: false);

    /// <summary>Whatever bit rots: a result is as it was saved, or there is none. Never another or an error.</summary>
    [Fact]
    public void A_result_with_any_bit_turned_over_is_no_result()
    {
        var item = WorkerExamples.Item(ItemName.Maps(0, 0));
        _store.SaveResult(item, new WorkResult([new NamedArtifact("maps", _store.Put(Bytes))], [], Reused: false), "w");
        var path = OnlyResult();
        var whole = File.ReadAllBytes(path);
        for (int at = 0; at < whole.Length; at++)
        {
            var bytes = whole.ToArray();
            bytes[at] ^= (byte)(1 << at % 8);
            File.WriteAllBytes(path, bytes);
            Assert.Null(_store.FindResult(item.Key));
        }
        File.WriteAllBytes(path, whole);
        Assert.NotNull(_store.FindResult(item.Key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"Item\":\"x\"")]
    public void A_result_that_makes_no_sense_is_no_result_and_kept_aside(string text)
    {
        var item = WorkerExamples.Item(ItemName.Maps(0, 0));
        _store.SaveResult(item, Example.Result(), "w");
        var path = OnlyResult();
        File.WriteAllText(path, text);
        Assert.Null(_store.FindResult(item.Key));
        Assert.False(File.Exists(path));
        Assert.Single(TemporaryFolder.FilesOf(_folder["damaged"]));
    }

    [Fact]
    public void A_checkpoint_comes_back_until_it_is_dropped()
    {
        var key = new ContentKey("ab");
        Assert.Null(_store.FindCheckpoint(key));
        _store.SaveCheckpoint(key, 5, "one"u8.ToArray());
        _store.SaveCheckpoint(key, 10, "two"u8.ToArray());
        Assert.Equal("two"u8.ToArray(), _store.FindCheckpoint(key));
        _store.DropCheckpoint(key);
        _store.DropCheckpoint(key);
        Assert.Null(_store.FindCheckpoint(key));
    }

    [Fact]
    public void A_late_checkpoint_of_fewer_steps_takes_the_place_of_no_other()
    {
        var key = new ContentKey("ab");
        foreach (int step in new[] { 5, 10, 15 }) _store.SaveCheckpoint(key, step, BitConverter.GetBytes(step));
        _store.SaveCheckpoint(key, 7, BitConverter.GetBytes(7));
        Assert.Equal(15, BitConverter.ToInt32(_store.FindCheckpoint(key)));
        Assert.Equal(2, TemporaryFolder.FilesOf(_folder["checkpoints"]).Count());
    }

    [Fact]
    public void The_checkpoint_before_a_damaged_one_serves()
    {
        var key = new ContentKey("ab");
        _store.SaveCheckpoint(key, 5, "five"u8.ToArray());
        _store.SaveCheckpoint(key, 10, "ten"u8.ToArray());
        Damage(_folder[Path.Combine("checkpoints", "ab.000000010")], "flip");
        Assert.Equal("five"u8.ToArray(), _store.FindCheckpoint(key));
    }

    [Theory]
    [InlineData("flip")]
    [InlineData("truncate")]
    [InlineData("empty")]
    [InlineData("longer")]
    public void A_damaged_checkpoint_is_none_and_kept_aside(string how)
    {
        var key = new ContentKey("ab");
        _store.SaveCheckpoint(key, 5, Bytes);
        Damage(_folder[Path.Combine("checkpoints", "ab.000000005")], how);
        Assert.Null(_store.FindCheckpoint(key));
        Assert.Single(TemporaryFolder.FilesOf(_folder["damaged"]));
    }

    private static void Damage(string path, string how)
    {
        var bytes = File.ReadAllBytes(path);
        if (how == "flip") TemporaryFolder.Damage(path);
        else File.WriteAllBytes(path, how switch
        {
            "truncate" => bytes[..^1],
            "empty" => [],
            _ => [.. bytes, 0],
        });
    }

    private string OnlyResult() =>
        Path.Combine(_folder["results"], TemporaryFolder.FilesOf(_folder["results"]).Single());

    private string PathOf(ArtifactRef artifact) =>
        Path.Combine(_folder.Root, "sha256", artifact.Sha256[..2], artifact.Sha256);
}
