using System.Globalization;
using System.Text;
using Ivim.Actors.Artifacts;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Hosting.Journals;

namespace Ivim.Hosting.Storage;

/// <summary>
/// Which studies were superseded when `ivim gc` freed their results: a file for each, with how many events the journal
/// had of it then.
/// </summary>
/// <remarks>What counts since a later event was made again, and is no longer a result that was freed.</remarks>
public sealed class FreedStudies(WorkFolderView folder)
{
    private readonly string _root = Path.Combine(folder.Root, "artifacts", "freed");

    /// <summary>To be on disk before any result goes, so that none is missed that was freed.</summary>
    /// <exception cref="Physics.RefusalException">JOURNAL-UNREADABLE.</exception>
    public async Task AddAsync(StudyId study, CancellationToken cancellation)
    {
        int events = (await folder.Records.FactsAsync(study, cancellation)).Count;
        DurableFile.Write(PathOf(study), Encoding.ASCII.GetBytes(events.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>The keys that a study has counted again since its results were freed; null if they never were, or if
    /// nobody knows when.</summary>
    /// <exception cref="Physics.RefusalException">JOURNAL-UNREADABLE.</exception>
    public async Task<IReadOnlySet<ContentKey>?> CountedSinceAsync(StudyId study, CancellationToken cancellation)
    {
        if (!File.Exists(PathOf(study)) || !int.TryParse(await File.ReadAllTextAsync(PathOf(study), cancellation),
                NumberStyles.None, CultureInfo.InvariantCulture, out int events)) return null;
        var facts = await folder.Records.FactsAsync(study, cancellation);
        return facts.Skip(events).Select(fact => fact.Counted).OfType<CountedFact>()
            .Select(counted => counted.Key).ToHashSet();
    }

    private string PathOf(StudyId study) => Path.Combine(_root, study.Value);
}
