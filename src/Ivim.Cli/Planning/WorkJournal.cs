using Ivim.Cli.LocalCluster;
using Ivim.Hosting.Journals;
using Ivim.Physics;

namespace Ivim.Cli.Planning;

/// <summary>The journal of a work folder: the database of its local cluster, or the folder's own file.</summary>
internal static class WorkJournal
{
    /// <param name="urlFile">A file that holds the journal's URL; null for what the folder says.</param>
    /// <returns>Null for the folder's own file.</returns>
    /// <exception cref="RefusalException">FILE-MISSING, JOURNAL-ADDRESS.</exception>
    public static IJournal? Of(string work, string? urlFile = null)
    {
        if (urlFile is not null && !File.Exists(urlFile))
            throw new RefusalException("FILE-MISSING", "no journal file there", "a file that holds the journal's URL",
                "check --journal-file");
        var file = urlFile ?? new ClusterFolder(work).JournalUrlFile;
        return File.Exists(file) ? JournalAddress.Parse(File.ReadAllText(file).Trim()) : null;
    }
}
