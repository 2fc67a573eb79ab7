using Ivim.EndToEnd.Tests.Processes;
using Ivim.Imaging.Nifti;

namespace Ivim.EndToEnd.Tests.Outputs;

/// <summary>What holds of every set of published maps, whatever made them.</summary>
internal static class PublishedAssert
{
    /// <summary>The protocol's default bounds: D and D* in mm2/s.</summary>
    private static readonly (string Map, float Least, float Most)[] Bounds =
        [("D", 0, 0.005f), ("f", 0, 0.7f), ("Dstar", 0.005f, 0.2f), ("S0", 0, float.MaxValue)];

    public static void IsComplete(string output, string input, Finished run, string method)
    {
        var study = new PublishedStudy(output);
        var mask = study.Read("mask");
        Assert.Contains(mask.Voxels, inside => inside == 1);
        Assert.All(mask.Voxels, inside => Assert.True(inside is 0 or 1));
        var source = NiftiFile.ReadHeader(input);
        foreach (string map in study.AllMaps)
        {
            HasGeometryOf(source, study.Read(map).Header, map);
            HasSideCar(study, map, method);
            if (map != "mask") IsFiniteInsideAndZeroOutside(study.Read(map).Voxels, mask.Voxels, map);
        }
        foreach (var (map, least, most) in Bounds) IsWithin(study.Read(map).Voxels, mask.Voxels, map, least, most);
        HasProvenance(study, run);
        Assert.Equal("derivative", (string?)PublishedStudy.Json(study.DatasetDescription)["DatasetType"]);
        Assert.Empty(Directory.EnumerateFiles(output, "*.tmp", SearchOption.AllDirectories));
    }

    private static void HasGeometryOf(NiftiHeader source, NiftiHeader header, string map)
    {
        Assert.Equal(map is "mask" or "reliable" ? NiftiDataType.Unsigned8 : NiftiDataType.Real32, header.DataType);
        Assert.True(header.SameGeometryFields(source), $"{map} has another geometry than the input");
        Assert.Equal(source.Affine, header.Affine);
        Assert.Equal((1.0, 0.0), (header.ScaleSlope, header.ScaleIntercept));
    }

    private static void HasSideCar(PublishedStudy study, string map, string method)
    {
        var sideCar = PublishedStudy.Json(study.SideCar(map));
        string units = map.Split('-')[0] switch { "D" or "Dstar" => "mm^2/s", "S0" => "arbitrary", _ => "1" };
        Assert.Equal(units, (string?)sideCar["Units"]);
        Assert.NotEqual("", (string?)sideCar["Description"]);
        Assert.NotEqual("", (string?)sideCar["Model"]!["Description"]);
        var parameters = sideCar["Model"]!["Parameters"]!;
        Assert.Equal(method, (string?)parameters["FitMethod"]);
        Assert.NotEmpty(parameters["BValues"]!.AsArray());
        Assert.NotEmpty(parameters["Bounds"]!.AsObject());
    }

    private static void IsFiniteInsideAndZeroOutside(float[] voxels, float[] mask, string map)
    {
        for (int i = 0; i < voxels.Length; i++)
            Assert.True(mask[i] == 0 ? voxels[i] == 0 : float.IsFinite(voxels[i]), $"{map} at voxel {i}: {voxels[i]}");
    }

    private static void IsWithin(float[] voxels, float[] mask, string map, float least, float most)
    {
        for (int i = 0; i < voxels.Length; i++)
            Assert.True(mask[i] == 0 || (voxels[i] >= least && voxels[i] <= most), $"{map} at voxel {i}: {voxels[i]}");
    }

    /// <summary>The provenance, the report on standard output and the files name the same voxels.</summary>
    private static void HasProvenance(PublishedStudy study, Finished run)
    {
        var provenance = PublishedStudy.Json(study.Provenance);
        Assert.Equal("ivim-provenance/1", (string?)provenance["schema"]);
        Assert.Equal((string?)run.Report["study"], (string?)provenance["study"]);
        Assert.Equal((string?)run.Report["protocol"], (string?)provenance["protocolId"]);
        Assert.NotEmpty(provenance["items"]!.AsArray());
        Assert.Equal(study.Hashes(), run.Hashes);
        Assert.Equal(study.Hashes().ToDictionary(), provenance["voxelSha256"]!.AsObject()
            .ToDictionary(map => map.Key, map => (string)map.Value!));
        Assert.All(run.Report["maps"]!.AsObject(), map =>
            Assert.Equal(Path.GetFullPath(study.Image(map.Key)), (string?)map.Value!["path"]));
    }
}
