using Ivim.Actors.Artifacts;
using Ivim.Domain.Studies;

namespace Ivim.Hosting.Storage;

/// <summary>Which studies were superseded when `ivim gc` freed their results: one empty file for each.</summary>
/// <param name="work">The work folder.</param>
public sealed class FreedStudies(string work)
{
    private readonly string _root = Path.Combine(work, "artifacts", "freed");

    /// <summary>To be on disk before any result goes, so that none is missed that was freed.</summary>
    public void Add(StudyId study) => DurableFile.Write(PathOf(study), Array.Empty<byte>());

    public bool Contains(StudyId study) => File.Exists(PathOf(study));

    private string PathOf(StudyId study) => Path.Combine(_root, study.Value);
}
