using System.Globalization;
using System.Net.Http.Json;
using Ivim.Hosting.Api;
using Ivim.Hosting.Cohorts;
using Ivim.Hosting.Tests.Api;
using Xunit.Abstractions;

namespace Ivim.Hosting.Tests.Dashboard;

/// <summary>The pages of cohorts and clusters in a browser, on a server with real actors.</summary>
public sealed class CohortPagesTests(ITestOutputHelper output) : IDisposable
{
    private const int Entries = 10_000, Centres = 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task Ten_thousand_studies_are_paged_filtered_tried_again_and_cancelled()
    {
        Browser.SkipWithout();
        await using var served = await ServedStudies.StartAsync(_folder["work"], ["class-a"]);
        await served.AwaitReadyAsync();
        // No file is there: whatever has its turn is refused, and the rest waits.
        Directory.CreateDirectory(_folder["scans"]);
        var request = new CohortRequest
        {
            Name = "large", Root = _folder["scans"], Output = _folder["maps"], Limit = 1,
            Protocol = SmallCohort.Json(SmallStudy.Protocol),
            Entries = [.. Enumerable.Range(0, Entries).Select(number => new CohortManifestEntry
            {
                Centre = string.Create(CultureInfo.InvariantCulture, $"C{number % Centres:00}"),
                Subject = string.Create(CultureInfo.InvariantCulture, $"subject-{number}"),
                Image = string.Create(CultureInfo.InvariantCulture, $"{number}.nii.gz"),
                Bvalues = string.Create(CultureInfo.InvariantCulture, $"{number}.bval"),
            })],
        };
        using var submitted = await served.Client.PostAsJsonAsync("/api/v1/cohorts", request);
        submitted.EnsureSuccessStatusCode();
        await AwaitAsync(served, "large", view => view.Centres.All(centre => centre.Refused > 0));
        using var paused = await served.Client.PostAsync("/api/v1/cohorts/large/pause", null);
        paused.EnsureSuccessStatusCode();

        var found = await Browser.RunAsync("many", new()
        {
            ["base"] = served.Address.ToString().TrimEnd('/'), ["cohort"] = "large",
            ["token"] = ServedStudies.OperatorToken, ["viewer"] = ServedStudies.ViewerToken,
        });

        output.WriteLine($"{Entries} studies: first row after {found["first row"].GetDouble():0} ms, "
            + $"another centre after {found["filtered"].GetProperty("took").GetDouble():0} ms");
        Assert.Equal((50, "1 to 50 of 10,000"), (found["rows"].GetProperty("rows").GetInt32(),
            found["rows"].GetProperty("pager").GetString()));
        Assert.InRange(found["rows"].GetProperty("elements").GetInt32(), 500, 3000);
        Assert.Equal("51 to 100 of 10,000", found["second page"].GetString());
        Assert.Equal("1 to 50 of 500", found["filtered"].GetProperty("pager").GetString());
        Assert.All(found["refused"].GetProperty("codes").EnumerateArray(),
            code => Assert.Equal("FILE-MISSING", code.GetString()));
        Assert.EndsWith("is tried again.", found["retried"].GetString(), StringComparison.Ordinal);
        Assert.Equal("paused", found["not sure"].GetString());
        Assert.Equal("ended", found["cancelled"].GetString());
        Assert.Equal(0, found["viewer"].GetInt32());
    }

    [SkippableFact]
    public async Task A_name_that_is_markup_is_shown_as_text_on_every_page()
    {
        Browser.SkipWithout();
        await using var served = await ServedStudies.StartAsync(_folder["work"], ["class-a"]);
        await served.AwaitReadyAsync();
        var request = SmallCohort.Write(_folder["scans"], "trial");
        SmallCohort.Break(request, 0);
        using var submitted = await served.Client.PostAsJsonAsync("/api/v1/cohorts", request);
        submitted.EnsureSuccessStatusCode();
        await AwaitAsync(served, "trial", view => view.Phase == CohortPhases.Ended);
        var list = await served.Client.GetFromJsonAsync<StudyList>("/api/v1/studies");

        var found = await Browser.RunAsync("hostile", new()
        {
            ["base"] = served.Address.ToString().TrimEnd('/'), ["cohort"] = "trial",
            ["token"] = ServedStudies.Token, ["study"] = list!.Studies[0].Study,
        });

        foreach (var page in found["pages"].EnumerateArray())
        {
            Assert.True(page.GetProperty("told").GetBoolean(), $"{page} does not show the text");
            Assert.Equal(0, page.GetProperty("born").GetInt32());
        }
    }

    private static async Task AwaitAsync(ServedStudies served, string cohort, Predicate<CohortView> wanted)
    {
        using var patience = new CancellationTokenSource(ServedStudies.Patience);
        var address = $"/api/v1/cohorts/{cohort}";
        while (!wanted((await served.Client.GetFromJsonAsync<CohortView>(address, patience.Token))!))
            await Task.Delay(100, patience.Token);
    }
}
