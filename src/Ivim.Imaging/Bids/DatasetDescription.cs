using System.Text.Json.Nodes;

namespace Ivim.Imaging.Bids;

/// <summary>The two files that make a folder a BIDS derivative dataset.</summary>
public static class DatasetDescription
{
    public const string FileName = "dataset_description.json";
    public const string IgnoreFileName = ".bidsignore";

    // The version whose rules for derivatives the names and fields follow; the maps themselves are BEP016, not yet
    // BIDS.
    private const string BidsVersion = "1.10.0";

    /// <param name="programVersion">Of the program that wrote the maps.</param>
    public static byte[] ToJson(string programVersion) => BidsJson.Bytes(new JsonObject
    {
        ["Name"] = "IVIM maps",
        ["BIDSVersion"] = BidsVersion,
        ["DatasetType"] = "derivative",
        ["GeneratedBy"] = new JsonArray(new JsonObject { ["Name"] = "ivim", ["Version"] = programVersion }),
    });

    /// <summary>What a validator is to pass over: the suffix dwimap is BEP016's, which BIDS has not adopted
    /// yet.</summary>
    public static byte[] BidsIgnore() =>
        "*_dwimap.nii.gz\n*_dwimap.json\n*_desc-provenance_dwi.json\n*.html\n"u8.ToArray();
}
