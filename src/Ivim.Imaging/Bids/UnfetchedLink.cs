using Ivim.Physics;

namespace Ivim.Imaging.Bids;

/// <summary>Datasets of DataLad hold links into git-annex; where the content was not fetched they lead
/// nowhere.</summary>
public static class UnfetchedLink
{
    /// <exception cref="RefusalException">FILE-NOT-FETCHED.</exception>
    public static void Refuse(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is null) return;
        // File.Exists is true of a link that leads nowhere.
        if (file.ResolveLinkTarget(returnFinalTarget: true) is not { } target) return;
        if (File.Exists(target.FullName) || Directory.Exists(target.FullName)) return;
        throw new RefusalException("FILE-NOT-FETCHED", "a link to content that is not on this machine",
            "the file itself", "fetch it, for example with `datalad get` or `git annex get`");
    }
}
