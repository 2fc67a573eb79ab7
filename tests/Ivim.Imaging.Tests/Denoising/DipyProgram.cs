using System.Diagnostics;
using System.Globalization;

namespace Ivim.Imaging.Tests.Denoising;

/// <summary>dipy as another program, where Debian's python3-dipy and python3-nibabel are installed.</summary>
internal static class DipyProgram
{
    private const string Python = "/usr/bin/python3";

    public static string Fixture(string name)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Ivim.sln")))
            folder = Path.GetDirectoryName(folder);
        return Path.Combine(folder!, "tests", "fixtures", "denoising", name);
    }

    public static void RequireInstalled() =>
        Skip.IfNot(File.Exists(Python) && Run(["-c", "import dipy, nibabel"]) == 0, "no dipy beside /usr/bin/python3");

    /// <summary>Writes `part.nii`, `denoised.nii` and for MPPCA `sigma.nii`.</summary>
    public static void Denoise(string image, string folder, int[] numbers, params double[] sigmaAndTau) =>
        Assert.Equal(0, Run([Fixture("run_dipy.py"), image, folder,
            .. numbers.Select(value => value.ToString(CultureInfo.InvariantCulture)),
            .. sigmaAndTau.Select(value => value.ToString("R", CultureInfo.InvariantCulture))]));

    private static int Run(string[] arguments)
    {
        // What it prints is a warning about its own arithmetic; one thread, because others test beside this.
        var start = new ProcessStartInfo(Python, arguments)
        {
            RedirectStandardError = true, Environment = { ["OPENBLAS_NUM_THREADS"] = "1" },
        };
        using var process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
