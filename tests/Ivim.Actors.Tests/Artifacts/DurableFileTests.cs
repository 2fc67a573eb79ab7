using System.Diagnostics;
using Ivim.Actors.Artifacts;
using Ivim.Actors.Tests.Studies;
using Ivim.Actors.Tests.Work;
using Ivim.Actors.Work;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Work;

namespace Ivim.Actors.Tests.Artifacts;

public sealed class DurableFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_write_that_fails_leaves_the_old_file_and_nothing_else()
    {
        var path = _folder["provenance.json"];
        DurableFile.Write(path, "old"u8.ToArray());
        Assert.Throws<InvalidOperationException>(() => DurableFile.Write(path, file =>
        {
            file.Write("half of the n"u8);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["provenance.json"], TemporaryFolder.FilesOf(_folder.Root));
    }

    [Fact]
    public void A_reader_sees_the_old_file_until_the_new_one_is_whole()
    {
        var path = _folder["map"];
        DurableFile.Write(path, "old"u8.ToArray());
        DurableFile.Write(path, file =>
        {
            file.Write("new"u8);
            file.Flush();
            Assert.Equal("old", File.ReadAllText(path));
        });
        Assert.Equal("new", File.ReadAllText(path));
    }

    [Fact]
    public void What_the_last_look_forbids_leaves_the_old_file_and_nothing_else()
    {
        var path = _folder["map"];
        DurableFile.Write(path, "old"u8.ToArray());
        Assert.Throws<InvalidOperationException>(() =>
            DurableFile.Write(path, "new"u8.ToArray(), () => throw new InvalidOperationException()));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["map"], TemporaryFolder.FilesOf(_folder.Root));
    }

    [Fact]
    public void Folders_are_made_on_the_way()
    {
        DurableFile.Write(_folder[Path.Combine("a", "b", "map")], "new"u8.ToArray());
        Assert.Equal("new", File.ReadAllText(_folder[Path.Combine("a", "b", "map")]));
    }

    [Fact]
    public void Deleting_what_is_not_there_is_done_already()
    {
        DurableFile.Delete(_folder["nothing"]);
        DurableFile.Delete(_folder[Path.Combine("no-folder", "nothing")]);
    }

    /// <summary>
    /// Process numbers repeat (a container's first process is always 1), and so do the numbers of its writes: what a
    /// killed predecessor left behind must not stand in the way.
    /// </summary>
    [Fact]
    public void What_a_killed_process_of_the_same_number_left_behind_stops_nothing()
    {
        for (int write = 0; write < 2000; write++)
            File.WriteAllText(_folder[$"map.{Environment.ProcessId}-{write}{DurableFile.TemporarySuffix}"], "");
        DurableFile.Write(_folder["map"], "new"u8.ToArray());
        Assert.Equal("new", File.ReadAllText(_folder["map"]));
    }

    [SkippableFact]
    public void A_full_disk_is_told_as_such_and_leaves_no_partial_file()
    {
        using var disk = SmallDisk.Mount(_folder["small"]);
        Skip.If(disk is null, "mounting a small file system needs root");
        var store = new FolderArtifactStore(_folder["small"]);
        var kept = store.Put(new byte[100_000]);
        var fault = Assert.ThrowsAny<IOException>(() => store.Put(new byte[3_000_000]));
        Assert.Equal("DISK-FULL", FailureClasses.Of(fault, ItemName.Prepare).Code);
        Assert.ThrowsAny<IOException>(() => store.SaveCheckpoint(new ContentKey("ab"), 1, new byte[3_000_000]));
        Assert.Null(store.FindCheckpoint(new ContentKey("ab")));
        Assert.Equal(
            [Path.Combine("sha256", kept.Sha256[..2], kept.Sha256)], TemporaryFolder.FilesOf(_folder["small"]));
        store.SaveResult(WorkerExamples.Item(ItemName.Prepare), Example.Result(), "w");
        Assert.Equal(100_000, store.Read(kept).Length);
    }

    /// <summary>A file system of 1 MB in memory.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private readonly string _path;

        private SmallDisk(string path) => _path = path;

        public static SmallDisk? Mount(string path)
        {
            Directory.CreateDirectory(path);
            return OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
                && Succeeds("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", path) ? new SmallDisk(path) : null;
        }

        public void Dispose() => Succeeds("umount", _path);

        private static bool Succeeds(string program, params string[] arguments)
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
    }
}
