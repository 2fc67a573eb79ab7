namespace Ivim.EndToEnd.Tests.Inputs;

/// <summary>A real scan and how it is mapped.</summary>
/// <param name="Options">What the command line needs besides INPUT and `--out`.</param>
internal sealed record RealScan(string Image, params string[] Options)
{
    public static RealScan Abdomen(int volunteer) => new(
        SharedData.Path($"ivim_abdomen/vol{volunteer}_bipolar_trace_dwi.nii.gz"),
        "--mask", SharedData.Path($"ivim_abdomen/vol{volunteer}_mask.nii.gz"));

    public static RealScan Prostate() => new(
        SharedData.Path("ivim_prostate/prostate_1_5T_dwi.nii.gz"), "--b-max", "1000");

    public static RealScan Muscle() => new(SharedData.Path("ivim_muscle/DTIdata.nii.gz"));

    /// <summary>Its lowest b-value is 5 s/mm2.</summary>
    public static RealScan Cord() => new(
        SharedData.Path("ivim_cord/dwi_rl.nii.gz"),
        "--bval", SharedData.Path("ivim_cord/bval_rl.txt"),
        "--mask", SharedData.Path("ivim_cord/cord_seg_dilated.nii.gz"));

    /// <summary>The arguments of `ivim` that map it.</summary>
    public string[] MapTo(string output, params string[] more) =>
        ["map", Image, "--out", output, "--json", .. Options, .. more];
}
