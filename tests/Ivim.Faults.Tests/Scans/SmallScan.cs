using System.Globalization;
using System.Text.Json.Nodes;
using Ivim.Faults.Tests.Machine;

namespace Ivim.Faults.Tests.Scans;

/// <summary>A simulated scan and a protocol, so small that a disturbed run takes half a minute.</summary>
/// <param name="Folder">Its name carries the canary: the name of a patient that must stay in the input.</param>
/// <param name="Steps">Training steps of each network: none stops early; on a quiet core a hundred take 0.7 s.</param>
internal sealed record SmallScan(string Folder, int Steps)
{
    public const string Canary = "CANARYSMITH4711";

    public const int Slabs = 2, Members = 3, UsualSteps = 600;

    private string Protocol => """
        {
          "schema": "ivim-protocol/1",
          "network": { "convolution1": 4, "convolution2": 4, "lstmHidden": 4, "attentionHeads": 1, "headHidden": 8 },
          "slabs": { "slices": 2 },
          "ensemble": { "members": 3 },
          "training": {
            "scope": "slab", "steps": STEPS,
            "stopping": { "underfitLossFactor": null, "noiseFactor": null, "relativeChange": null }
          }
        }
        """.Replace("STEPS", Steps.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>Training steps of the whole study.</summary>
    public int PlannedSteps => Slabs * Members * Steps;

    /// <summary>Items that a whole study has: preparation, networks, one merge a slab, assembly, publication.</summary>
    public static int Items => 1 + Slabs * Members + Slabs + 2;

    public string Image => Path.Combine(Folder, "sub-01_dwi.nii.gz");

    public string BValues => Path.Combine(Folder, "sub-01_dwi.bval");

    public string Mask => Path.Combine(Folder, "sub-01_mask.nii.gz");

    public string ProtocolFile => Path.Combine(Folder, "protocol.json");

    /// <summary>`ivim simulate`, into a folder with the patient's name.</summary>
    public static async Task<SmallScan> MakeAsync(TemporaryFolder into, int seed = 7, string name = "scan", int steps = UsualSteps)
    {
        string folder = into.Path($"{name}-{Canary}");
        await Command.RunAsync("dotnet", Repository.Cli, "simulate", "--out", folder, "--size", "24", "24", "4",
            "--b-values", "0", "10", "20", "50", "100", "200", "400", "800",
            "--seed", seed.ToString(CultureInfo.InvariantCulture));
        var scan = new SmallScan(folder, steps);
        await File.WriteAllTextAsync(scan.ProtocolFile, scan.Protocol);
        return scan;
    }

    /// <summary>The same files elsewhere, for a test that does to them as it likes.</summary>
    public SmallScan CopyTo(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string file in (string[])[Image, BValues, Mask, ProtocolFile])
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return this with { Folder = folder };
    }

    /// <summary>The body of a submission.</summary>
    /// <param name="change">Other choices than the protocol's own, for example another seed.</param>
    public JsonObject Submission(string output, Action<JsonObject>? change = null)
    {
        var protocol = JsonNode.Parse(Protocol)!.AsObject();
        change?.Invoke(protocol);
        return new JsonObject
        {
            ["image"] = Image, ["bvalues"] = BValues, ["mask"] = Mask, ["output"] = output, ["name"] = "sub-01_dwi",
            ["protocol"] = protocol,
        };
    }
}
