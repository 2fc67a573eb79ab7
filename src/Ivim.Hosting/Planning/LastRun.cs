using Ivim.Actors.Artifacts;
using Ivim.Domain.Planning;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Hosting.Journals;

namespace Ivim.Hosting.Planning;

/// <summary>The run of an image that was submitted last, and what another one differs in from it.</summary>
public sealed record LastRun(StudyId Study, StudyDossier Dossier, StudyRecord Record)
{
    private const int ShownDigits = 12;

    /// <returns>Null where the journal knows no run of this image.</returns>
    public static Task<LastRun?> OfAsync(WorkFolderView folder, string image, CancellationToken cancellation) =>
        FirstAsync(folder, folder.RunsOf(image), cancellation);

    /// <returns>Null where the journal knows none of this study's image that was submitted earlier.</returns>
    public static async Task<LastRun?> BeforeAsync(
        WorkFolderView folder, StudyId study, CancellationToken cancellation)
    {
        if (folder.Dossiers.Find(study) is not { } dossier) return null;
        return await FirstAsync(folder,
            folder.RunsOf(dossier.Image).SkipWhile(run => run.Study != study).Skip(1), cancellation);
    }

    private static async Task<LastRun?> FirstAsync(WorkFolderView folder,
        IEnumerable<(StudyId Study, StudyDossier Dossier)> runs, CancellationToken cancellation)
    {
        foreach (var (study, dossier) in runs)
        {
            var record = await folder.Records.ReadAsync(study, cancellation);
            if (record.Exists) return new LastRun(study, dossier, record);
        }
        return null;
    }

    public IReadOnlyList<ChangedField> Changes(StudySource source, Protocol protocol)
    {
        var before = Record.Study.Source;
        (string Name, string Before, string Now)[] files =
        [
            ("source.image", before.Image, source.Image), ("source.bvalues", before.BValues, source.BValues),
            ("source.bvectors", before.BVectors, source.BVectors), ("source.mask", before.Mask, source.Mask),
        ];
        return
        [
            .. files.Where(file => file.Before != file.Now)
                .Select(file => new ChangedField(file.Name, Shown(file.Before), Shown(file.Now))),
            .. ProtocolDifference.Between(Record.Study.Protocol, protocol).Fields
                .Select(field => new ChangedField(field.Name, field.First, field.Second)),
        ];
    }

    private static string Shown(string hash) =>
        hash.Length == 0 ? "none" : hash[..Math.Min(ShownDigits, hash.Length)];
}
