using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Ivim.Imaging.Bids;
using Ivim.Physics;

namespace Ivim.Hosting.Manifests;

/// <summary>
/// The diffusion series of a BIDS dataset as a manifest; a column of participants.tsv tells the centres.
/// </summary>
internal static class ManifestOfBids
{
    private const string OnlyCentre = "all", Participants = "participants.tsv", Participant = "participant_id";

    private static readonly string[] CentreColumns = ["centre", "center", "site"];

    /// <exception cref="RefusalException">MANIFEST-EMPTY, BIDS-FOLDER-MISMATCH, PARTICIPANTS-TSV.</exception>
    public static IReadOnlyList<ManifestRow> Read(string root)
    {
        var series = BidsDataset.Find(root);
        if (series.IsEmpty)
            throw new RefusalException("MANIFEST-EMPTY", "a folder without a BIDS diffusion series",
                "sub-*/[ses-*/]dwi/*_dwi.nii[.gz]", "name another folder, or a manifest");
        foreach (var one in series) one.RequireItsFolder();
        var centres = Centres(Path.Combine(root, Participants));
        return
        [
            .. series.Select((found, index) => new ManifestRow(index + 1)
            {
                Centre = centres is null ? OnlyCentre : centres.GetValueOrDefault("sub-" + found.Name.Subject),
                Subject = found.Name.Subject,
                // Runs of one session are studies of their own, as their file names are.
                Session = string.Join('_', found.Name.Entities.Skip(1).Select(pair => $"{pair.Key}-{pair.Label}"))
                    is { Length: > 0 } rest ? rest : null,
                Image = Path.GetRelativePath(root, found.ImagePath),
                Mask = found.MaskPath is { } m ? Path.GetRelativePath(root, m) : null,
                BValues = found.SideCars.BValuePath is { } b ? Path.GetRelativePath(root, b) : null,
                BVectors = found.SideCars.BVectorPath is { } v ? Path.GetRelativePath(root, v) : null,
            }),
        ];
    }

    /// <returns>Null where nothing tells centres.</returns>
    private static Dictionary<string, string>? Centres(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            using var tsv = new CsvReader(new StreamReader(path), new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = "\t", TrimOptions = TrimOptions.Trim, Mode = CsvMode.NoEscape,
            });
            if (!tsv.Read() || !tsv.ReadHeader()) throw Unreadable(null);
            var column = Array.Find(CentreColumns, name => tsv.HeaderRecord!.Contains(name));
            if (column is null) return null;
            if (!tsv.HeaderRecord!.Contains(Participant)) throw Unreadable(null);
            var centres = new Dictionary<string, string>(StringComparer.Ordinal);
            while (tsv.Read())
            {
                bool isNew = centres.TryAdd(tsv.GetField(Participant) ?? "", tsv.GetField(column) ?? "");
                if (!isNew) throw Unreadable(null);
            }
            return centres;
        }
        catch (CsvHelperException e)
        {
            throw Unreadable(e);
        }
    }

    private static RefusalException Unreadable(Exception? cause) => new("PARTICIPANTS-TSV",
        "a participants.tsv that cannot be read", $"one line a subject, with {Participant} and the centre",
        "mend it, or write a manifest", cause);
}
