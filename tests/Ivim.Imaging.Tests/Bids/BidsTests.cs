using System.Text;
using System.Text.Json.Nodes;
using Ivim.Imaging.Bids;
using Ivim.Physics;

namespace Ivim.Imaging.Tests.Bids;

public sealed class BidsTests
{
    [Fact]
    public void Entities_are_read_from_a_file_name()
    {
        var name = BidsName.FromFile("/data/sub-01/ses-2/dwi/sub-01_ses-2_acq-ivim_dir-AP_run-1_dwi.nii.gz")!;
        Assert.Equal(("01", "2", "ivim", "AP", "1", "dwi"),
            (name.Subject, name.Session!, name.Label("acq")!, name.Label("dir")!, name.Label("run")!, name.Suffix));
        Assert.Equal("sub-01_ses-2_acq-ivim_dir-AP_run-1_dwi", name.ToString());
    }

    [Theory]
    [InlineData("scan.nii.gz")]
    [InlineData("sub-01.nii.gz")]
    [InlineData("sub-01_dwi.txt")]
    [InlineData("ses-1_sub-01_dwi.nii")]
    [InlineData("sub-01_sub-02_dwi.nii")]
    [InlineData("sub-0 1_dwi.nii")]
    [InlineData("sub-_dwi.nii")]
    [InlineData("sub-01_acq-a-b_dwi.nii")]
    public void Other_names_are_no_bids_names(string name) => Assert.Null(BidsName.FromFile(name));

    [Fact]
    public void Outputs_are_named_as_the_design_says()
    {
        var plain = new BidsOutput(BidsName.FromFile("sub-01_dwi.nii.gz")!);
        Assert.Equal("sub-01/dwi/sub-01_model-ivim_param-Dstar_dwimap.nii.gz", plain.Map("Dstar"));
        Assert.Equal("sub-01/dwi/sub-01_model-ivim_desc-std_param-f_dwimap.nii.gz", plain.Map("f", "std"));
        Assert.Equal("sub-01/dwi/sub-01_desc-ivim_mask.nii.gz", plain.Mask);
        Assert.Equal("sub-01/dwi/sub-01_desc-provenance_dwi.json", plain.Provenance);
        Assert.Equal("sub-01.html", plain.Report);
        Assert.Equal("sub-01/dwi/sub-01_desc-ivim_mask.json", BidsOutput.SideCar(plain.Mask));

        var full = new BidsOutput(BidsName.FromFile("sub-01_ses-2_acq-a_run-1_desc-preproc_dwi.nii.gz")!);
        Assert.Equal("sub-01/ses-2/dwi/sub-01_ses-2_acq-a_run-1_model-ivim_param-D_dwimap.nii.gz", full.Map("D"));
        Assert.Throws<ArgumentException>(() => full.Map("../D"));
    }

    [Theory]
    [InlineData("Jane_Doe 7", "JaneDoe7")]
    [InlineData("../../etc", "etc")]
    [InlineData("äöü*", "unnamed")]
    public void Labels_keep_letters_and_digits_only(string from, string label)
    {
        Assert.Equal(label, BidsLabel.Sanitise(from));
        Assert.Equal($"sub-{label}/dwi/sub-{label}_desc-ivim_mask.nii.gz",
            new BidsOutput(BidsName.ForSubject(from)).Mask);
    }

    [Fact]
    public void A_side_car_says_what_the_map_is_in_equal_bytes_each_time()
    {
        var sideCar = new MapSideCar
        {
            Description = "Pseudo-diffusivity D*",
            Units = "mm^2/s",
            ModelDescription = "Intravoxel incoherent motion",
            ModelParameters = new JsonObject { ["FitMethod"] = "segmented", ["Samples"] = 1 },
            Sources = ["bids:raw:sub-01/dwi/sub-01_dwi.nii.gz"],
        };
        const string Expected = """
            {
              "Description": "Pseudo-diffusivity D*",
              "Units": "mm^2/s",
              "Model": {
                "Description": "Intravoxel incoherent motion",
                "Parameters": {
                  "FitMethod": "segmented",
                  "Samples": 1
                }
              },
              "Sources": [
                "bids:raw:sub-01/dwi/sub-01_dwi.nii.gz"
              ],
              "SkullStripped": false
            }

            """;
        Assert.Equal(Expected, Encoding.UTF8.GetString(sideCar.ToJson()));
        Assert.Equal(sideCar.ToJson(), sideCar.ToJson());
        foreach (string path in new[] { "/home/jane/scan.nii", "C:\\scans\\a.nii", "../a.nii", "file:/a.nii" })
            Assert.Throws<ArgumentException>(() => (sideCar with { Sources = [path] }).ToJson());
    }

    [Fact]
    public void A_dataset_says_that_it_is_a_derivative_and_hides_its_maps_from_validators()
    {
        var json = JsonNode.Parse(DatasetDescription.ToJson("1.2.3"))!;
        Assert.Equal("derivative", (string?)json["DatasetType"]);
        Assert.Equal("1.2.3", (string?)json["GeneratedBy"]![0]!["Version"]);
        Assert.Contains("*_dwimap.nii.gz", Encoding.UTF8.GetString(DatasetDescription.BidsIgnore()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_into_an_annex_that_was_not_fetched_says_so_and_other_files_do_not()
    {
        using var folder = new TemporaryFolder();
        folder.Write("there", [0]);
        File.CreateSymbolicLink(folder.Path("fetched"), folder.Path("there"));
        File.CreateSymbolicLink(folder.Path("away"), ".git/annex/objects/a/b");
        File.CreateSymbolicLink(folder.Path("twice"), folder.Path("away"));
        foreach (string name in new[] { "there", "fetched", "none" }) UnfetchedLink.Refuse(folder.Path(name));
        foreach (string name in new[] { "away", "twice" })
            Assert.Equal("FILE-NOT-FETCHED",
                Assert.Throws<RefusalException>(() => UnfetchedLink.Refuse(folder.Path(name))).Code);
    }

    [Fact]
    public void A_dataset_is_searched_and_gradient_files_are_inherited()
    {
        using var folder = new TemporaryFolder();
        foreach (string sub in new[] { "sub-01/dwi", "sub-02/ses-1/dwi" }) Directory.CreateDirectory(folder.Path(sub));
        folder.Write("sub-01/dwi/sub-01_dwi.nii.gz", [0]);
        folder.Write("sub-01/dwi/sub-01_sbref.nii.gz", [0]);
        folder.Write("sub-02/ses-1/dwi/sub-02_ses-1_acq-b_dwi.nii", [0]);
        folder.Write("dwi.bval", [0]);
        folder.Write("acq-b_dwi.bval", [0]);
        folder.Write("sub-01/dwi/sub-01_dwi.bval", [0]);

        var found = BidsDataset.Find(folder.Root);

        Assert.Equal(["sub-01_dwi", "sub-02_ses-1_acq-b_dwi"], found.Select(series => series.Name.ToString()));
        Assert.Equal(folder.Path("sub-01/dwi/sub-01_dwi.bval"), found[0].SideCars.BValuePath);
        Assert.Equal(folder.Path("acq-b_dwi.bval"), found[1].SideCars.BValuePath);
        Assert.Null(found[1].SideCars.BVectorPath);
    }
}
