using System.Text.Json.Nodes;

namespace Ivim.Faults.Tests.Scans;

/// <summary>An image, what belongs to it, and a protocol whose work is known beforehand.</summary>
/// <param name="Protocol">As JSON.</param>
/// <param name="Steps">Training steps of each network; none stops early.</param>
internal sealed record ScanToMap(
    string Image, string BValues, string? Mask, string Protocol, int Slabs, int Members, int Steps)
{
    /// <summary>Training steps of the whole study.</summary>
    public int PlannedSteps => Slabs * Members * Steps;

    /// <summary>Items that a whole study has: preparation, networks, one merge a slab, polish, assembly,
    /// publication.</summary>
    public int Items => 1 + Slabs * Members + Slabs + 3;

    /// <summary>What `ivim map` needs besides INPUT, `--out` and `--protocol`.</summary>
    public IReadOnlyList<string> MapOptions => Mask is null ? [] : ["--mask", Mask];

    /// <summary>The body of a submission.</summary>
    /// <param name="change">Other choices than the protocol's own, for example another seed.</param>
    public JsonObject Submission(string output, Action<JsonObject>? change = null)
    {
        var protocol = JsonNode.Parse(Protocol)!.AsObject();
        change?.Invoke(protocol);
        var submission = new JsonObject
        {
            ["image"] = Image, ["bvalues"] = BValues, ["output"] = output, ["name"] = "sub-01_dwi",
            ["protocol"] = protocol,
        };
        if (Mask is not null) submission["mask"] = Mask;
        return submission;
    }

    /// <summary>The same files elsewhere, for a test that does to them as it likes.</summary>
    public ScanToMap CopyTo(string folder)
    {
        Directory.CreateDirectory(folder);
        string Copy(string file)
        {
            string copy = Path.Combine(folder, Path.GetFileName(file));
            File.Copy(file, copy);
            return copy;
        }

        return this with { Image = Copy(Image), BValues = Copy(BValues), Mask = Mask is null ? null : Copy(Mask) };
    }
}
