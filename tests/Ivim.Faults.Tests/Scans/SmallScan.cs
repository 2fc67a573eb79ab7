using System.Globalization;
using Ivim.Faults.Tests.Machine;

namespace Ivim.Faults.Tests.Scans;

/// <summary>A simulated scan, so small that a disturbed run takes half a minute.</summary>
internal static class SmallScan
{
    /// <summary>The name of a patient, in the scan's folder and nowhere else.</summary>
    public const string Canary = "CANARYSMITH4711";

    /// <summary>On a quiet core a hundred take 0.7 s.</summary>
    public const int UsualSteps = 600;

    /// <summary>For what takes longer: a minute for two quiet workers.</summary>
    public const int ManySteps = 2400;

    private const int Slabs = 2;

    /// <summary>`ivim simulate`, into a folder with the patient's name.</summary>
    public static async Task<ScanToMap> MakeAsync(TemporaryFolder into, int seed = 7, int steps = UsualSteps)
    {
        string folder = into.Path($"scan{seed}-{Canary}");
        await Command.RunAsync("dotnet", Repository.Cli, "simulate", "--out", folder, "--size", "24", "24", "4",
            "--b-values", "0", "10", "20", "50", "100", "200", "400", "800",
            "--seed", seed.ToString(CultureInfo.InvariantCulture));
        return new ScanToMap(Path.Combine(folder, "sub-01_dwi.nii.gz"), Path.Combine(folder, "sub-01_dwi.bval"),
            Path.Combine(folder, "sub-01_mask.nii.gz"), SmallNetwork.Protocol(steps), Slabs, SmallNetwork.Members,
            steps);
    }
}
