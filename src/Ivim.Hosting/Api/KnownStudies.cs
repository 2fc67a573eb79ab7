using System.Buffers;
using Ivim.Actors.Artifacts;
using Ivim.Domain.Studies;

namespace Ivim.Hosting.Api;

/// <summary>The studies that were submitted here, by the dossiers of the work folder.</summary>
internal sealed class KnownStudies(DossierFolder dossiers)
{
    private const string Prefix = "st-";

    private const int Digits = 20;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    /// <summary>The latest submission first.</summary>
    public IEnumerable<StudyId> Names => Submissions.Select(submission => submission.Study);

    /// <summary>The latest first.</summary>
    public IEnumerable<StudySubmissionTime> Submissions =>
        dossiers.Submissions().Where(submission => IsName(submission.Study));

    /// <exception cref="ApiRefusalException">STUDY-UNKNOWN.</exception>
    public StudyDossier DossierOf(StudyId study) => Find(study) ?? throw ApiRefusalException.UnknownStudy;

    /// <summary>Null where there is none that can be read.</summary>
    public StudyDossier? Find(StudyId study) => IsName(study) ? dossiers.Find(study) : null;

    /// <summary>Anything else never was a study, and must not become the name of a file or of an actor.</summary>
    private static bool IsName(StudyId study) => study.Value.Length == Prefix.Length + Digits
        && study.Value.StartsWith(Prefix, StringComparison.Ordinal)
        && study.Value.AsSpan(Prefix.Length).IndexOfAnyExcept(Hex) < 0;
}
