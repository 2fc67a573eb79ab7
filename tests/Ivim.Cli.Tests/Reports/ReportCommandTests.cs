namespace Ivim.Cli.Tests.Reports;

public sealed class ReportCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("REPORT-NO-MAPS")]
    [InlineData("REPORT-NO-MAPS", "--subject", "07")]
    [InlineData("SUBJECT-LABEL", "--subject", "../07")]
    public async Task What_is_no_output_folder_is_refused_by_a_code(string code, params string[] options)
    {
        var run = await ProgramRun.OfAsync(["report", _folder["empty"], .. options]);
        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith($"error {code}: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_work_folder_that_is_named_must_be_one()
    {
        Provenance("sub-07");
        var run = await ProgramRun.OfAsync("report", _folder["out"], "--work", _folder["nowhere"]);
        Assert.StartsWith("error WORK-MISSING: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_label_image_serves_one_study()
    {
        Provenance("sub-07");
        Provenance("sub-08");
        var run = await ProgramRun.OfAsync("report", _folder["out"], "--roi", "labels.nii.gz");
        Assert.StartsWith("error MAPS-AMBIGUOUS: ", run.Error, StringComparison.Ordinal);
    }

    private void Provenance(string subject)
    {
        var path = Path.Combine(_folder["out"], subject, "dwi", subject + "_desc-provenance_dwi.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "{}");
    }
}
