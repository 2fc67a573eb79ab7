using System.Text.RegularExpressions;
using Ivim.EndToEnd.Tests.Inputs;
using Ivim.EndToEnd.Tests.Processes;
using Ivim.Imaging.Nifti;
using Ivim.Physics;

namespace Ivim.EndToEnd.Tests.BadInput;

/// <summary>Odd and broken files of other projects: each is mapped or refused, never a defect, never a hang.</summary>
public sealed class OddFileTests : IDisposable
{

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("badinput/nifti")]
    [InlineData("badinput/nibabel")]
    [InlineData("badinput/dipy_debian")]
    public async Task Every_file_is_mapped_or_refused_with_a_code(string folder)
    {
        var outcomes = new List<string>();
        foreach (string image in Directory.EnumerateFiles(SharedData.Path(folder)).Order(StringComparer.Ordinal))
        {
            string text = string.Join(' ', Enumerable.Range(0, Volumes(image)).Select(i => 10 * i));
            string bValues = _folder.Write("made.bval", text);
            var run = await Refused.RunAsync(_folder, image, "--bval", bValues, "--quiet");
            outcomes.Add($"{Path.GetFileName(image)}: {run.ExitCode} {run.ErrorCode}");
            if (run.ExitCode == Finished.Done) Directory.Delete(_folder.Path("out"), recursive: true);
            else run.MustBeRefusal(Finished.BadInput, run.ErrorCode);
            Assert.DoesNotMatch(new Regex("INTERNAL|STAGE-FAILED"), run.ErrorCode);
            Assert.False(Directory.Exists(_folder.Path("out")), $"{image} left an output folder");
        }
        Assert.Contains(outcomes, outcome => outcome.Contains(": 3 NIFTI-", StringComparison.Ordinal));
    }

    private static int Volumes(string image)
    {
        try
        {
            return NiftiFile.ReadHeader(image).Shape.Volumes;
        }
        catch (RefusalException)
        {
            return 8;
        }
    }
}
