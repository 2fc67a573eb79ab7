using Ivim.Faults.Tests.Machine;

namespace Ivim.Faults.Tests.Scans;

/// <summary>The real prostate beside the repository: five slices, so three slabs.</summary>
internal static class ProstateScan
{
    private const int Slabs = 3, Steps = 300;

    /// <summary>Skips the test where the data is absent.</summary>
    public static ScanToMap Find()
    {
        string folder = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "data", "ivim_prostate"));
        Skip.IfNot(Directory.Exists(folder), "no ivim_prostate in ../shared/data");
        return new ScanToMap(Path.Combine(folder, "prostate_1_5T_dwi.nii.gz"),
            Path.Combine(folder, "prostate_1_5T_dwi.bval"), null,
            SmallNetwork.Protocol(Steps, """{ "bMaxSecondsPerMm2": 1000 }"""), Slabs, SmallNetwork.Members, Steps);
    }
}
