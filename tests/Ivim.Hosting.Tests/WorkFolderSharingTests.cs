using Ivim.Actors.Artifacts;
using Ivim.Physics;

namespace Ivim.Hosting.Tests;

public sealed class WorkFolderSharingTests
{
    [Fact]
    public void Nodes_share_a_work_folder_and_one_that_wants_it_alone_is_refused()
    {
        using var folder = new TemporaryFolder();
        using (WorkFolder.OpenShared(folder.Path))
        using (WorkFolder.OpenShared(folder.Path))
            Assert.Equal("WORK-IN-USE", Refused(() => WorkFolder.Open(folder.Path)));

        using (WorkFolder.Open(folder.Path))
            Assert.Equal("WORK-IN-USE", Refused(() => WorkFolder.OpenShared(folder.Path)));
    }

    [Fact]
    public void Who_shares_a_folder_leaves_what_others_may_be_writing()
    {
        using var folder = new TemporaryFolder();
        var (recent, old) = (folder["a" + DurableFile.TemporarySuffix], folder["b" + DurableFile.TemporarySuffix]);
        File.WriteAllText(recent, "");
        File.WriteAllText(old, "");
        File.SetLastWriteTimeUtc(old, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-2));

        using (WorkFolder.OpenShared(folder.Path))
            Assert.Equal((true, false), (File.Exists(recent), File.Exists(old)));
        using (WorkFolder.Open(folder.Path))
            Assert.False(File.Exists(recent));
    }

    private static string Refused(Func<WorkFolder> open) =>
        Assert.Throws<RefusalException>(() => open().Dispose()).Code;
}
