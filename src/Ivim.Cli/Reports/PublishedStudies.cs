using System.Text.Json;
using Ivim.Actors.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Imaging.Bids;
using Ivim.Physics;

namespace Ivim.Cli.Reports;

/// <summary>The studies whose maps an output folder holds, found by their provenance.</summary>
internal static class PublishedStudies
{
    private const string Ending = "_desc-provenance_dwi.json";

    /// <param name="subject">Label of one subject, with or without `sub-`; null for all.</param>
    /// <returns>In the order of their names; the name and the output are all that a dossier tells.</returns>
    /// <exception cref="RefusalException">REPORT-NO-MAPS.</exception>
    public static IReadOnlyList<StudyDossier> Of(string folder, string? subject)
    {
        string label = subject is null ? "*" : subject.StartsWith("sub-", StringComparison.Ordinal)
            ? subject["sub-".Length..] : subject;
        if (subject is not null && !BidsLabel.IsValid(label))
            throw new RefusalException("SUBJECT-LABEL", "a subject label with other signs than letters and digits",
                "letters and digits", "give the label as in the folder's name");
        StudyDossier[] studies = !Directory.Exists(folder) ? [] :
        [
            .. Directory.EnumerateDirectories(folder, "sub-" + label)
                .SelectMany(of => Directory.EnumerateFiles(of, "*" + Ending, SearchOption.AllDirectories))
                .Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)
                .Select(name => name[..^Ending.Length] + "_dwi")
                .Where(name => BidsName.FromFile(name + ".nii.gz") is not null)
                .Select(name => new StudyDossier("", "", null, null, folder, name)),
        ];
        return studies.Length > 0 ? studies : throw new RefusalException("REPORT-NO-MAPS",
            "no finished maps in that folder", "an output folder that `ivim map` finished",
            "map a study, or name its output folder");
    }

    /// <summary>The same with the place of the scan, where the work folder knows the study.</summary>
    public static (StudyDossier Dossier, bool HasScan) WithScan(StudyDossier study, DossierFolder? dossiers)
    {
        if (dossiers is null || StudyOf(study) is not { } id) return (study, false);
        try
        {
            return (dossiers.Read(id) with { Output = study.Output, Name = study.Name }, true);
        }
        catch (Exception gone) when (gone is IOException or InvalidDataException or JsonException)
        {
            return (study, false);
        }
    }

    private static StudyId? StudyOf(StudyDossier study)
    {
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllBytes(new Actors.Stages.Destination(study).Provenance));
            string id = document.RootElement.GetProperty("study").GetString() ?? "";
            return id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') ? new StudyId(id) : null;
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null; // the report says what is wrong with it
        }
    }
}
