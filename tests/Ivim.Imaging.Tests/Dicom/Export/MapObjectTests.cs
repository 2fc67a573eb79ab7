using System.Diagnostics;
using Ivim.Imaging.Dicom;
using Ivim.Imaging.Dicom.Export;
using Ivim.Imaging.Dicom.Files;
using Ivim.Imaging.Dicom.Series;
using Ivim.Imaging.Dicom.Writing;
using Ivim.Imaging.Nifti;
using Ivim.Imaging.Tests.Dicom.Series;
using Ivim.Physics;

namespace Ivim.Imaging.Tests.Dicom.Export;

/// <summary>Maps as DICOM objects, read by us, and judged by dciodvfy, DCMTK and pydicom.</summary>
public sealed class MapObjectTests : IDisposable
{
    private const string Validator = "/usr/bin/dciodvfy", Dump = "/usr/bin/dcmdump", Python = "/usr/bin/python3";
    private static readonly DicomTag Position = new(0x0020, 0x0032), Orientation = new(0x0020, 0x0037),
        Spacing = new(0x0028, 0x0030), Name = new(0x0010, 0x0010), Study = new(0x0020, 0x000D),
        Instance = new(0x0008, 0x0018), Frames = new(0x5200, 0x9230), Shared = new(0x5200, 0x9229),
        Value = new(0x0008, 0x0100), Quantities = new(0x0040, 0x9220), Coded = new(0x0040, 0xA168);

    private static readonly WrittenSeries Scan = WrittenSeries.Small(0, 50, 200, 800);
    private static readonly MapFacts Facts =
        new("Quantity", "S(b) = a law", "nlls", new string('a', 64), [0, 50, 200, 800]);

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("classic")]
    [InlineData("enhanced")]
    [InlineData("mosaic")]
    public void A_parametric_map_has_the_voxels_geometry_and_patient_of_its_source(string form)
    {
        var source = Source(form);
        var found = Read(ParametricMapObject.Of(Map(), Grid(source), Header(source)));
        Assert.Equal(3, found.Frames);
        for (int z = 0; z < 3; z++)
            Assert.Equal(Map().Slice(z), found.Frame(z).Floats!.Select(value => (float)value));
        var (frames, shared) = (found.Dataset.Items(Frames), Assert.Single(found.Dataset.Items(Shared)));
        var first = Assert.Single(frames[0].Items(new(0x0020, 0x9113))).Numbers(Position);
        Assert.All(first.Zip([-10.0, 20, -30]), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
        Assert.Equal([0.8, 0.6, 0, -0.6, 0.8, 0],
            Assert.Single(shared.Items(new(0x0020, 0x9116))).Numbers(Orientation));
        Assert.Equal([2, 1.5], Assert.Single(shared.Items(new(0x0028, 0x9110))).Numbers(Spacing));
        Assert.Equal(["Secret^Person"], found.Dataset.Texts(Name));
        Assert.Equal([DicomUid.Of("study")], found.Dataset.Texts(Study));
        // Each slice names the images that it was fitted to.
        var derived = Assert.Single(frames[1].Items(new(0x0008, 0x9124)));
        Assert.Equal(4, derived.Items(new(0x0008, 0x2112)).Count);
    }

    [Fact]
    public void A_spread_says_so_beside_the_quantity_and_unit()
    {
        var found = Read(ParametricMapObject.Of(Map(2, isSpread: true), Grid(null), Header(null)));
        var mapping = Assert.Single(Assert.Single(found.Dataset.Items(Shared)).Items(new(0x0040, 0x9096)));
        Assert.Equal("mm2/s", Assert.Single(mapping.Items(new(0x0040, 0x08EA))).Texts(Value)[0]);
        string[] codes = [.. mapping.Items(Quantities).SelectMany(item => item.Items(Coded))
            .Select(item => item.Texts(Value)[0])];
        Assert.Equal(["113292", "386136009", "113251", "113265"], codes);
        Assert.Equal(["sub-01"], found.Dataset.Texts(Name));
    }

    [Fact]
    public void MR_images_have_the_values_within_half_a_slope()
    {
        var map = Map();
        var objects = MrMapObjects.Of(map, Grid(Source("enhanced")), Header(null)).Select(Read).ToArray();
        Assert.Equal(3, objects.Length);
        for (int z = 0; z < 3; z++)
        {
            double slope = objects[z].Dataset.Numbers(new(0x0028, 0x1053))[0];
            double intercept = objects[z].Dataset.Numbers(new(0x0028, 0x1052))[0];
            double[] values = [.. objects[z].Frame(0).Integers!.Select(stored => stored * slope + intercept)];
            Assert.All(values.Zip(map.Slice(z)), pair => Assert.Equal(pair.Second * 1e6, pair.First, 0.51 * slope));
        }
        Assert.Equal(3, objects.Select(found => found.Dataset.Texts(Instance)[0]).Distinct().Count());
    }

    [Fact]
    public void The_same_map_is_the_same_object_and_another_voxel_another()
    {
        byte[] Bytes(ExportedMap map) => DicomWriter.Bytes(ParametricMapObject.Of(map, Grid(null), Header(null)));
        Assert.Equal(Bytes(Map()), Bytes(Map()));
        var other = Map();
        other.Image.Voxels[7] += 1e-4f;
        Assert.NotEqual(Read(ParametricMapObject.Of(Map(), Grid(null), Header(null))).Dataset.Texts(Instance),
            Read(ParametricMapObject.Of(other, Grid(null), Header(null))).Dataset.Texts(Instance));
    }

    [Fact]
    public void Maps_of_another_grid_than_the_source_are_refused()
    {
        var shifted = new AffineMatrix([1, 0, 0, 5, 0, 1, 0, 0, 0, 0, 1, 0]);
        var header = NiftiGeometry.Create(new ImageShape(5, 4, 3, 1), shifted);
        var source = Source("classic");
        Assert.Equal("EXPORT-OTHER-GRID", Assert.Throws<RefusalException>(() => MapGrid.Of(header, source)).Code);
        var sheared = NiftiGeometry.Create(new ImageShape(5, 4, 3, 1),
            new AffineMatrix([1, 0.5, 0, 5, 0, 1, 0, 0, 0, 0, 1, 0]));
        Assert.Equal("EXPORT-SHEARED", Assert.Throws<RefusalException>(() => MapGrid.Of(sheared, null)).Code);
        var broken = Map();
        broken.Image.Voxels[0] = float.NaN;
        Assert.Equal("EXPORT-NOT-FINITE", Assert.Throws<RefusalException>(broken.Checked).Code);
    }

    [SkippableTheory]
    [InlineData(false, "")]
    [InlineData(false, "enhanced")]
    [InlineData(true, "")]
    [InlineData(true, "classic")]
    public void The_validator_finds_no_error(bool asMr, string source)
    {
        Skip.IfNot(File.Exists(Validator), "no dciodvfy (dicom3tools)");
        foreach (string path in WriteAll(asMr, source))
        {
            var (_, output) = Run(Validator, path);
            Assert.DoesNotContain("Error", output, StringComparison.Ordinal);
            Assert.Contains(asMr ? "MRImage" : "ParametricMap", output, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public void Dcmtk_reads_them()
    {
        Skip.IfNot(File.Exists(Dump), "no dcmdump (dcmtk)");
        string path = WriteAll(asMr: false, "classic")[0];
        var (code, output) = Run(Dump, "--quiet", path);
        Assert.Equal(0, code);
        Assert.Contains("113291", output, StringComparison.Ordinal);
        Assert.Equal(0, Run(Dump, "--quiet", WriteAll(asMr: true, "classic")[0]).Code);
    }

    [SkippableFact]
    public void Pydicom_reads_the_voxels()
    {
        Skip.IfNot(File.Exists(Python) && Run(Python, "-c", "import pydicom, numpy").Code == 0,
            "no pydicom beside /usr/bin/python3");
        var (code, output) = Run(Python, "-c", "import sys, pydicom; a = pydicom.dcmread(sys.argv[1]).pixel_array; "
            + "print(a.shape, a.dtype, a[1, 3, 0] == __import__('numpy').float32(sys.argv[2]))",
            WriteAll(asMr: false, "classic")[0], Map().Slice(1)[15].ToString("R", null));
        Assert.Equal((0, "(3, 4, 5) float32 True\n"), (code, output));
    }

    public void Dispose() => _folder.Dispose();

    private List<string> WriteAll(bool asMr, string form)
    {
        var source = form.Length == 0 ? null : Source(form);
        var maps = new[] { Map(), Map(1, isSpread: true) };
        var objects = maps.SelectMany(map => asMr ? MrMapObjects.Of(map, Grid(source), Header(source)).Take(1)
            : [ParametricMapObject.Of(map, Grid(source), Header(source))]);
        return [.. objects.Select((content, i) => _folder.Write($"{asMr}{i}.dcm", DicomWriter.Bytes(content)))];
    }

    private static ExportedMap Map(int quantity = 0, bool isSpread = false) => new(
        MapQuantity.All[quantity], isSpread, 1,
        new NiftiImage(NiftiGeometry.Create(new ImageShape(5, 4, 3, 1), Scanned.Affine),
            [.. Enumerable.Range(0, 60).Select(i => i * 5e-5f)]), Facts);

    private static readonly NiftiHeader Scanned = ScanHeader();

    private static NiftiHeader ScanHeader()
    {
        using var folder = new TemporaryFolder();
        Scan.WriteEnhanced(folder.Root);
        return new DicomSeriesReader().Outline(folder.Root).Header;
    }

    private DicomSource Source(string form)
    {
        string folder = _folder.Path("scan-" + form);
        if (form == "classic") Scan.WriteClassic(folder, Scan.Standard);
        else if (form == "enhanced") Scan.WriteEnhanced(folder);
        else Scan.WriteMosaic(folder);
        return DicomSource.Read(folder, null);
    }

    private static MapGrid Grid(DicomSource? source) => MapGrid.Of(Map().Image.Header, source);

    private static ObjectHeader Header(DicomSource? source) => new(source, "sub-01", "scan", "1.0.0");

    private IDicomObject Read(DicomContent content) =>
        new ManagedDicomReader().Read(_folder.Write(Guid.NewGuid().ToString("N"), DicomWriter.Bytes(content)));

    private static (int Code, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }
}
