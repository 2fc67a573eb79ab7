using System.Text.Json;
using Ivim.Domain.Studies;

namespace Ivim.Actors.Artifacts;

/// <summary>
/// Where a study's files lie and where its maps go: the one place that knows paths and the subject's label.
/// </summary>
/// <remarks>Neither journal nor messages nor logs hold any of this.</remarks>
/// <param name="Output">The derivative dataset that the maps are published to.</param>
/// <param name="Name">BIDS name that the outputs take their entities from, for example `sub-01_ses-02_dwi`.</param>
/// <param name="Protocol">SHA-256 of the canonical protocol; empty in a dossier of an earlier release.</param>
/// <param name="Origin">Null where the files are what was named.</param>
public sealed record StudyDossier(
    string Image,
    string BValues,
    string? BVectors,
    string? Mask,
    string Output,
    string Name,
    string Protocol = "",
    StudyOrigin? Origin = null);

/// <summary>What somebody named where the study's files were made of it.</summary>
/// <param name="Image">DICOM objects.</param>
/// <param name="BValues">Null where the objects tell them.</param>
/// <param name="BVectors">The same.</param>
public sealed record StudyOrigin(string Image, string? BValues, string? BVectors);

/// <summary>The dossiers of a work folder, one file per study.</summary>
public sealed class DossierFolder(string root)
{
    /// <remarks>Paths can name people: nobody but the owner of the folder gets into it.</remarks>
    public void Save(StudyId study, StudyDossier dossier)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(root);
        else Directory.CreateDirectory(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        DurableFile.Write(PathOf(study), JsonSerializer.SerializeToUtf8Bytes(dossier));
    }

    /// <exception cref="FileNotFoundException">Nobody has saved this study's dossier here.</exception>
    public StudyDossier Read(StudyId study) =>
        JsonSerializer.Deserialize<StudyDossier>(File.ReadAllBytes(PathOf(study)))
        ?? throw new InvalidDataException("an empty dossier");

    /// <summary>Null where there is none that can be read.</summary>
    public StudyDossier? Find(StudyId study)
    {
        try
        {
            return Read(study);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The studies that have been submitted here, the latest submission first.</summary>
    public IReadOnlyList<StudyId> Studies() => [.. Submissions().Select(submission => submission.Study)];

    /// <summary>The same, with when each was submitted last.</summary>
    public IReadOnlyList<StudySubmissionTime> Submissions() => !Directory.Exists(root) ? []
        : [.. new DirectoryInfo(root).EnumerateFiles("*.json").OrderByDescending(file => file.LastWriteTimeUtc)
            .Select(file => new StudySubmissionTime(
                new StudyId(Path.GetFileNameWithoutExtension(file.Name)), file.LastWriteTimeUtc))];

    private string PathOf(StudyId study) => Path.Combine(root, study.Value + ".json");
}

/// <param name="FiledAt">UTC, by the clock of the disk.</param>
public readonly record struct StudySubmissionTime(StudyId Study, DateTime FiledAt);
