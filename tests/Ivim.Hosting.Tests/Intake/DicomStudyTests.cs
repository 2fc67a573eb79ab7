using System.Net;
using System.Net.Http.Json;
using System.Text;
using Ivim.Domain.Protocols;
using Ivim.Hosting.Api;
using Ivim.Hosting.Cohorts;
using Ivim.Hosting.Manifests;
using Ivim.Hosting.Planning;
using Ivim.Hosting.Tests.Api;

namespace Ivim.Hosting.Tests.Intake;

/// <summary>Studies, plans and cohorts of DICOM objects.</summary>
public sealed class DicomStudyTests : IAsyncLifetime, IDisposable
{
    private const string Patient = "Secret";

    private readonly TemporaryFolder _folder = new();
    private ServedStudies _served = null!;

    public async Task InitializeAsync()
    {
        DicomScan.Write(_folder["scans/Annas_scan"]);
        _served = await ServedStudies.StartAsync(_folder["work"], ["class-a", "class-a"]);
        await _served.AwaitReadyAsync();
    }

    public async Task DisposeAsync() => await _served.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Objects_are_the_study_that_the_converted_file_is()
    {
        var request = Request;
        var planned = await PlanAsync(request);
        Assert.False(Directory.Exists(_folder["work/inputs"]));
        var first = await SubmitAsync(request);
        Assert.Equal(planned.Study, first.Study);
        var view = await _served.AwaitAsync(first.Study, view => view.Phase == StudyPhases.Published);
        var again = await SubmitAsync(request);
        Assert.Equal((first.Study, StudyPhases.Published), (again.Study, again.Phase));
        Assert.Single(Directory.GetDirectories(_folder["work/inputs"]));
        var files = DicomScan.Convert(request.Image, _folder["scan.nii.gz"]);
        var converted = request with { Image = files.Image, Bvalues = files.BValues, Bvectors = files.BVectors };
        Assert.Equal(first.Study, (await SubmitAsync(converted)).Study);
        Assert.Equal(4, view.Maps.Keys.Count(name => name is "D" or "f" or "Dstar" or "S0"));
        Assert.Equal(0, (await PlanAsync(request)).Items.Computed.Values.Sum());
        AssertNoHeaderText();
    }

    [Theory]
    [InlineData("9", null, "DICOM-SERIES-UNKNOWN")]
    [InlineData(null, "0 10", "BVAL-COUNT")]
    public async Task What_is_no_series_is_refused_without_its_path(string? series, string? b, string code)
    {
        if (b is not null) File.WriteAllText(_folder["b"], b);
        var request = Request with { Series = series, Bvalues = b is null ? null : _folder["b"] };
        var answer = await _served.SubmitAsync(request);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, code),
            (answer.StatusCode, await ServedStudies.CodeAsync(answer)));
        Assert.DoesNotContain("Annas", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["work/inputs"]));
    }

    [Fact]
    public async Task An_image_without_tables_is_refused()
    {
        var image = DicomScan.Convert(Request.Image, _folder["scan.nii.gz"]).Image;
        Assert.Equal("BVAL-MISSING",
            await ServedStudies.CodeAsync(await _served.SubmitAsync(Request with { Image = image })));
    }

    [Fact]
    public async Task A_manifest_names_folders_of_objects_as_it_names_files()
    {
        File.WriteAllText(_folder["scans/m.csv"], "centre,subject,image\nA,Anna,Annas_scan\nA,Berta,nothing\n");
        var found = ManifestReader.Read(_folder["scans/m.csv"], null, new Protocol());
        Assert.Equal([(2, "FILE-MISSING")], found.Findings.Select(finding => (finding.Entry, finding.Code)));
        Assert.Equal(("A", 1, 1), (found.Centres[0].Centre, found.Centres[0].Studies, found.Centres[0].Tables));
        var entry = Assert.Single(found.Entries);
        Assert.Equal(("Annas_scan", null), (entry.Image, entry.BValues));
        Assert.Equal(entry, CohortManifestEntry.Of(entry).ToEntry());
        var answer = await _served.Client.PostAsJsonAsync("/api/v1/cohorts", new CohortRequest
        {
            Name = "trial",
            Root = found.Root,
            Output = _folder["maps"],
            Protocol = SmallCohort.Json(SmallStudy.Protocol),
            Entries = [CohortManifestEntry.Of(entry)],
        });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        using var patience = new CancellationTokenSource(ServedStudies.Patience);
        CohortView? view = null;
        while (view?.Phase != CohortPhases.Ended)
        {
            await Task.Delay(100, patience.Token);
            view = await _served.Client.GetFromJsonAsync<CohortView>("/api/v1/cohorts/trial", patience.Token);
        }
        Assert.Equal(1, view.Centres.Sum(centre => centre.Published));
        // The same objects by themselves are the same study, whatever its name.
        var study = Directory.GetFiles(_folder["work/dossiers"]).Select(Path.GetFileNameWithoutExtension).Single();
        Assert.Equal(study, (await SubmitAsync(Request)).Study);
        AssertNoHeaderText();
    }

    private StudyRequest Request => new()
    {
        Image = _folder["scans/Annas_scan"],
        Output = _folder["maps"],
        Name = "sub-01_dwi",
        Protocol = SmallCohort.Json(SmallStudy.Protocol),
    };

    private async Task<StudyReceipt> SubmitAsync(StudyRequest request) =>
        (await (await _served.SubmitAsync(request)).EnsureSuccessStatusCode().Content
            .ReadFromJsonAsync<StudyReceipt>())!;

    private async Task<PlanReport> PlanAsync(StudyRequest request) =>
        (await (await _served.Client.PostAsJsonAsync("/api/v1/plan", new PlanRequest { Submission = request }))
            .EnsureSuccessStatusCode().Content.ReadFromJsonAsync<PlanReport>())!;

    private void AssertNoHeaderText()
    {
        Assert.DoesNotContain(_served.Log.Lines, line => line.Contains(Patient, StringComparison.Ordinal));
        foreach (var file in Directory.EnumerateFiles(_served.Folder, "*", SearchOption.AllDirectories))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            Assert.True(bytes.ToArray().AsSpan().IndexOf(Encoding.ASCII.GetBytes(Patient)) < 0, file);
        }
    }
}
