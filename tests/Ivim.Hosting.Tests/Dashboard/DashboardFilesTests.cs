using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Ivim.Hosting.Dashboard;
using Ivim.Hosting.Tests.Api;

namespace Ivim.Hosting.Tests.Dashboard;

/// <summary>The files of the pages, as they are built in and as they are sent.</summary>
public sealed partial class DashboardFilesTests
{
    private const string Vendor = "vendor/";

    public static TheoryData<string> Names => [.. DashboardFiles.Names.Order(StringComparer.Ordinal)];

    [Fact]
    public void The_viewer_is_the_file_that_its_notice_names()
    {
        var notice = Text(Vendor + "NOTICES.txt");
        var script = DashboardFiles.Find(Vendor + "niivue-0.69.0.js")!;
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(script.Bytes)), notice, StringComparison.Ordinal);
        foreach (var part in (string[])["BSD 2-Clause", "fflate", "gl-matrix", "nifti-reader-js", "zarrita"])
            Assert.Contains(part, notice, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_file_refers_to_is_another_of_these_files(string name)
    {
        if (name.StartsWith(Vendor, StringComparison.Ordinal)) return;
        var folder = "/" + Path.GetDirectoryName(name) + "/";
        foreach (var reference in References().Matches(Text(name)).SelectMany(match =>
            match.Groups.Values.Skip(1)).Where(group => group.Success).Select(group => group.Value))
        {
            var path = reference.StartsWith("/ui/", StringComparison.Ordinal) ? reference["/ui/".Length..]
                : Path.GetFullPath(folder + reference)[1..];
            Assert.True(DashboardFiles.Find(path) is not null, $"{name} refers to {reference}");
        }
    }

    /// <summary>The address of the namespace of SVG is a name and nothing that is loaded.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void No_file_of_ours_names_another_server_or_holds_script_style_or_markup_in_a_text(string name)
    {
        if (name.StartsWith(Vendor, StringComparison.Ordinal)) return;
        var text = Text(name).Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
        string[] never = ["http://", "https://", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write",
            "eval(", "new Function", " style=", "onclick=", "localStorage", "EventSource("];
        Assert.All(never, one => Assert.DoesNotContain(one, text, StringComparison.Ordinal));
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 120, $"{name}: {line}"));
    }

    [Fact]
    public async Task Pages_are_sent_without_a_token_with_a_policy_and_packed_for_those_who_can_unpack()
    {
        using var folder = new TemporaryFolder();
        await using var served = await ServedStudies.StartAsync(folder["work"], []);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = served.Address,
        };
        using (var root = await client.GetAsync(new Uri("/", UriKind.Relative)))
            Assert.Equal((HttpStatusCode.Found, "/ui/"), (root.StatusCode, root.Headers.Location!.OriginalString));
        foreach (var name in DashboardFiles.Names.Append(""))
        {
            using var answer = await client.GetAsync(new Uri("/ui/" + name, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(DashboardFiles.Find(name)!.Bytes, await answer.Content.ReadAsByteArrayAsync());
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
            using var asked = new HttpRequestMessage(HttpMethod.Get, new Uri("/ui/" + name, UriKind.Relative));
            asked.Headers.Add("Accept-Encoding", "gzip");
            asked.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
            using var packed = await client.SendAsync(asked);
            Assert.Equal(["gzip"], packed.Content.Headers.ContentEncoding);
            Assert.Equal(DashboardFiles.Find(name)!.Packed, await packed.Content.ReadAsByteArrayAsync());
        }
        foreach (var nothing in (string[])["../appsettings.json", "%2e%2e/x", "js", "js/none.js", "index.html/"])
        {
            using var answer = await client.GetAsync(new Uri("/ui/" + nothing, UriKind.Relative));
            Assert.False(answer.IsSuccessStatusCode, nothing);
        }
    }

    private static string Text(string name) => System.Text.Encoding.UTF8.GetString(DashboardFiles.Find(name)!.Bytes);

    [GeneratedRegex("""(?:from |import |src=|href=)"((?:/ui/|\.)[^"#]+)"|src: "(/ui/[^"]+)"|url\("?([^)"]+)""")]
    private static partial Regex References();
}
