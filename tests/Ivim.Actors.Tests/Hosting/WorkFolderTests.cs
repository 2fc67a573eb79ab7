using Ivim.Hosting;
using Ivim.Hosting.Journals;
using Ivim.Physics;

namespace Ivim.Actors.Tests.Hosting;

public sealed class WorkFolderTests : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("ivim-work-").FullName;

    public void Dispose()
    {
        if (Directory.Exists(_path)) Directory.Delete(_path, recursive: true);
    }

    [Fact]
    public void Only_a_folder_that_held_nothing_is_taken_away()
    {
        using (var fresh = WorkFolder.Open(_path)) fresh.DiscardIfFresh();
        Assert.False(Directory.Exists(_path));

        using (var first = WorkFolder.Open(_path)) first.Store.Put("kept"u8.ToArray());
        using (var second = WorkFolder.Open(_path)) second.DiscardIfFresh();
        Assert.True(Directory.Exists(_path));
    }

    [Fact]
    public void A_folder_in_use_is_refused_and_stays_as_it_is()
    {
        using var held = WorkFolder.Open(_path);

        Assert.Equal("WORK-IN-USE", Assert.Throws<RefusalException>(() => WorkFolder.Open(_path)).Code);
        Assert.True(Directory.Exists(_path));
    }

    [Fact]
    public void A_damaged_journal_is_refused_before_anything_starts()
    {
        var journal = Path.Combine(_path, "journal.db");
        File.WriteAllBytes(journal, [.. Enumerable.Repeat((byte)0x5a, 20_000)]);

        Assert.Equal("JOURNAL-UNREADABLE",
            Assert.Throws<RefusalException>(() => new SqliteJournal(journal).Initialise()).Code);
    }
}
