using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Ivim.Cli.Output;
using Ivim.Imaging.Bids;
using Ivim.Imaging.Gradients;
using Ivim.Physics;
using Ivim.Physics.Phantoms;

namespace Ivim.Cli.Simulation;

/// <summary>A raw BIDS dataset of simulated subjects, each with a truth of its own in the derivatives.</summary>
internal static class SimulatedDataset
{
    public const int MostSubjects = 999, MostSessions = 99;

    private const string BidsVersion = "1.10.0", License = "CC0";

    /// <param name="recipe">Of the first scan; each further one has the next seed.</param>
    /// <param name="sessions">0: none, and no folder for them.</param>
    /// <exception cref="RefusalException">SIMULATION-EXISTS.</exception>
    public static void Write(string root, PhantomRecipe recipe, int subjects, int sessions, bool force,
        CancellationToken cancellation)
    {
        root = Path.GetFullPath(root);
        ulong seed = recipe.Seed;
        foreach (var name in Names(subjects, sessions))
        {
            var phantom = Phantom.Make(recipe with { Seed = seed++ }, Environment.ProcessorCount);
            SimulationFolder.InDataset(root, name).Write(phantom, force, cancellation);
        }
        foreach (var (name, content) in Files(subjects)) AtomicFile.Write(Path.Combine(root, name), content);
    }

    /// <summary>Three lines: one direction for all, since the tissues are alike in each, and none at b = 0.</summary>
    public static string BVectors(IReadOnlyList<double> bSecondsPerMm2) => GradientText.OfDirections(
        [.. bSecondsPerMm2.Select(b => new GradientDirection(b > 0 ? 1 : 0, 0, 0))]);

    public static byte[] SideCar() => BidsJson.Bytes(new JsonObject
    {
        ["Modality"] = "MR",
        ["PulseSequenceType"] = "simulated diffusion-weighted signals",
    });

    private static IEnumerable<string> Names(int subjects, int sessions)
    {
        for (int subject = 1; subject <= subjects; subject++)
        {
            if (sessions == 0) yield return Label(subject);
            for (int session = 1; session <= sessions; session++)
                yield return string.Create(CultureInfo.InvariantCulture, $"{Label(subject)}_ses-{session:00}");
        }
    }

    private static string Label(int subject) => string.Create(CultureInfo.InvariantCulture, $"sub-{subject:00}");

    private static IEnumerable<(string Name, byte[] Content)> Files(int subjects)
    {
        const string Readme = "Simulated intravoxel incoherent motion scans (`ivim simulate --subjects`).\n"
            + "The true maps of each scan, its mask and its recipe lie in derivatives/truth.\n";
        var table = new StringBuilder("participant_id\tspecies\n");
        for (int subject = 1; subject <= subjects; subject++) table.Append(Label(subject)).Append("\tn/a\n");
        yield return ("README", Encoding.UTF8.GetBytes(Readme));
        yield return ("participants.tsv", Encoding.UTF8.GetBytes(table.ToString()));
        yield return ("participants.json", BidsJson.Bytes(new JsonObject
        {
            ["species"] = new JsonObject { ["Description"] = "n/a: these are phantoms" },
        }));
        yield return (DatasetDescription.FileName, Description("Simulated IVIM scans", "raw"));
        yield return (Path.Combine("derivatives", SimulationFolder.TruthName, DatasetDescription.FileName),
            Description("Truth of the simulated IVIM scans", "derivative"));
    }

    private static byte[] Description(string name, string type)
    {
        var document = new JsonObject
        {
            ["Name"] = name,
            ["BIDSVersion"] = BidsVersion,
            ["DatasetType"] = type,
            ["License"] = License,
            ["Authors"] = new JsonArray("ivim simulate"),
        };
        if (type == "derivative")
            document["GeneratedBy"] = new JsonArray(new JsonObject { ["Name"] = "ivim simulate" });
        return BidsJson.Bytes(document);
    }
}
