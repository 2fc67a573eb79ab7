using Ivim.Actors.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Hosting.Intake;

namespace Ivim.Hosting.Tests.Intake;

public sealed class InputFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly InputFolder _inputs;
    private readonly DossierFolder _dossiers;
    private readonly SeriesInput _scan;

    public InputFolderTests()
    {
        DicomScan.Write(_folder["scan"]);
        _scan = new SeriesInput(_folder["scan"], null, null, null);
        (_inputs, _dossiers) = (new InputFolder(_folder["work"]), new DossierFolder(_folder["work/dossiers"]));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_same_objects_are_one_input_however_often_they_come()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var one = _inputs.Take(_scan);
            one.Keep();
            return one;
        })));
        Assert.Single(taken.Select(one => one.Files.Image).Distinct());
        Assert.Single(Directory.GetDirectories(_folder["work/inputs"]));
        var converted = DicomScan.Convert(_folder["scan"], _folder["scan.nii.gz"]);
        var files = _inputs.Take(_scan).Files;
        foreach (var (there, here) in new[]
            { (converted.Image, files.Image), (converted.BValues, files.BValues), (converted.SideCar, files.SideCar) })
            Assert.Equal(File.ReadAllBytes(there), File.ReadAllBytes(here));
    }

    [Fact]
    public void A_look_leaves_nothing_behind_and_sees_the_same_files()
    {
        byte[] seen;
        string place;
        using (var look = _inputs.Look(_scan))
        {
            (seen, place) = (File.ReadAllBytes(look.Files.Image), look.Files.Image);
            Assert.False(Directory.Exists(_folder["work"]));
        }
        Assert.False(File.Exists(place));
        using var taken = _inputs.Take(_scan);
        Assert.Equal(seen, File.ReadAllBytes(taken.Files.Image));
        using (var look = _inputs.Look(_scan)) Assert.Equal(taken.Files.Image, look.Files.Image);
        Assert.True(File.Exists(taken.Files.Image));
    }

    [Fact]
    public void What_no_study_is_of_is_not_needed()
    {
        using var taken = _inputs.Take(_scan);
        Assert.Equal(4, _inputs.Unneeded(_dossiers).Files.Count);
        _dossiers.Save(new StudyId("st-1"), taken.Dossier(null, "/maps", "sub-01_dwi"));
        Assert.Empty(_inputs.Unneeded(_dossiers).Files);
        // What a killed process left behind.
        Directory.CreateDirectory(_folder["work/inputs/abc.x1"]);
        File.WriteAllText(_folder["work/inputs/abc.x1/series.bval"], "0");
        var unneeded = _inputs.Unneeded(_dossiers);
        Assert.Equal("series.bval", Assert.Single(unneeded.Files).Name);
        StoreSweep.Remove([unneeded]);
        _inputs.RemoveEmpty();
        Assert.Single(Directory.GetDirectories(_folder["work/inputs"]));
    }

    [Fact]
    public void Where_a_dossier_cannot_be_read_all_is_needed()
    {
        using var taken = _inputs.Take(_scan);
        Directory.CreateDirectory(_folder["work/dossiers"]);
        File.WriteAllText(_folder["work/dossiers/st-1.json"], "{");
        Assert.Empty(_inputs.Unneeded(_dossiers).Files);
    }
}
