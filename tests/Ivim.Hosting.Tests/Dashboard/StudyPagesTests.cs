using System.Globalization;
using System.Text.Json;
using Ivim.Domain.Protocols;
using Ivim.Hosting.Api;
using Ivim.Hosting.Tests.Api;
using Ivim.Hosting.Tests.Nodes;
using Ivim.Imaging.Nifti;

namespace Ivim.Hosting.Tests.Dashboard;

/// <summary>A seed and a worker as processes, and a study that networks map while a browser looks on.</summary>
public sealed class StudyPagesTests : IDisposable
{
    private const string Viewer = "a-token-for-those-who-look";

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(4);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task A_person_follows_a_study_from_its_first_slab_to_its_maps_and_report()
    {
        Browser.SkipWithout();
        int port = FreePorts.Next(), api = FreePorts.Next();
        var seeds = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{api}");
        var work = _folder["work"];
        (string, string)[] tokens = [("IVIM_TOKEN", $"admin {Programs.Token}\nviewer {Viewer}")];
        using var seed = Programs.StartWith(tokens, "Seed", work, "seed", "--seeds", seeds,
            "--port", port.ToString(CultureInfo.InvariantCulture), "--api", address);
        using var worker = Programs.Start("Worker", work, "worker", "--seeds", seeds, "--port", "0", "--slots", "1",
            "--device", "cpu");
        await seed.SaysAsync("member up: worker", 1, Long);
        var request = SmallStudy.Write(_folder["scan"]) with { Protocol = SmallCohort.Json(Networks) };

        var found = await Browser.RunAsync("study", new()
        {
            ["base"] = address, ["token"] = Programs.Token, ["viewer"] = Viewer,
            ["request"] = JsonSerializer.Serialize(request, JsonSerializerOptions.Web),
        });

        Assert.Equal("The server does not know this token.", found["wrong token"].GetString());
        Assert.Equal("Overview · Ivim", found["title"].GetString());
        Assert.StartsWith("Live preview, not the published maps. Of 3 slabs, ", found["preview"].GetString(),
            StringComparison.Ordinal);
        Assert.Equal(4, found["pictures"].GetArrayLength());
        Assert.All(found["colours"].EnumerateArray(), colours => Assert.InRange(colours.GetInt32(), 10, 1 << 24));
        CheckReadout(request, found["crosshair"].GetProperty("before"));
        CheckReadout(request, found["crosshair"].GetProperty("after"));
        CheckReadout(request, found["clicked"]);

        var cells = Texts(found["cells"]);
        Assert.Contains("train/slab-002/member-01: done", cells);
        Assert.All(cells, cell => Assert.EndsWith(": done", cell, StringComparison.Ordinal));
        Assert.Equal("train/slab-001/member-00", found["item"].GetString());
        Assert.Equal(cells.Count, found["bars"].GetInt32());
        Assert.Equal(cells.Count + 2, found["history"].GetInt32());
        Assert.Equal("It is finished: its maps are published.", found["why"].GetString());
        Assert.Equal("solid", found["report"].GetProperty("styled").GetString());
        Assert.Contains("cpu", found["worker"].GetString(), StringComparison.Ordinal);

        Assert.Equal("""[["ivim-token"],[],""]""", found["stored"].GetRawText());
        Assert.Equal((0, 0), (found["token in an address"].GetInt32(), found["signed out"].GetInt32()));
        Assert.Equal("Role: viewer", found["viewer"].GetProperty("role").GetString());
        Assert.Equal((0, 0), (found["viewer"].GetProperty("buttons").GetArrayLength(),
            found["viewer"].GetProperty("ground").GetInt32()));
    }

    private static Protocol Networks { get; } = SmallStudy.Protocol with
    {
        Method = new Protocol().Method,
        Ensemble = new EnsembleRules { Members = 2 },
        Training = new TrainingRules { Scope = TrainingScopes.Slab, Steps = 300 },
    };

    /// <summary>What the page says of a voxel, against the published file.</summary>
    private static void CheckReadout(StudyRequest request, JsonElement readout)
    {
        var place = readout.GetProperty("place").GetString()!;
        int[] voxel = [.. place["voxel ".Length..place.IndexOf('·')].Split(',')
            .Select(one => int.Parse(one, CultureInfo.InvariantCulture))];
        (string Parameter, int Row, double Factor)[] told = [("D", 0, 1e3), ("f", 1, 100), ("Dstar", 2, 1e3)];
        foreach (var (parameter, row, factor) in told)
        {
            var map = NiftiFile.Read(Path.Combine(request.Output, "sub-07", "dwi",
                $"sub-07_model-ivim_param-{parameter}_dwimap.nii.gz"));
            var shape = map.Header.Shape;
            double expected = factor * map.Voxels[voxel[0] + shape.Width * (voxel[1] + shape.Height * voxel[2])];
            double shown = double.Parse(readout.GetProperty("rows")[row][1].GetString()!, CultureInfo.InvariantCulture);
            Assert.Equal(expected, shown, Math.Abs(expected) * 0.006); // three digits are told
        }
    }

    private static List<string> Texts(JsonElement list) => [.. list.EnumerateArray().Select(one => one.GetString()!)];
}
