using System.Diagnostics;
using System.Text.Json;
using Ivim.Hosting.Tests.Nodes;

namespace Ivim.Hosting.Tests.Dashboard;

/// <summary>
/// A real Chromium, driven by Playwright in Node; pictures stay in `artifacts/test-results/dashboard`.
/// </summary>
internal static class Browser
{
    private static readonly string Tools = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        ".cache", "ivim-tools", "browser", "node_modules");

    private static readonly string[] Browsers = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>Only a hang takes so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    public static void SkipWithout()
    {
        Skip.IfNot(Directory.Exists(Path.Combine(Tools, "playwright-core")),
            "no playwright-core here: .ci/run fetches it");
        Skip.If(OnPath("node") is null, "no node on the path");
        Skip.If(Chromium is null, "no chromium on the path");
    }

    /// <param name="scenario">A script of the folder `Browser`, without its ending.</param>
    /// <param name="given">What it is told: addresses, tokens, names.</param>
    /// <returns>What it found, by name.</returns>
    public static async Task<IReadOnlyDictionary<string, JsonElement>> RunAsync(
        string scenario, Dictionary<string, string> given)
    {
        given["tools"] = Tools;
        given["chromium"] = Chromium!;
        given["pictures"] = Path.Combine(Programs.Root, "artifacts", "test-results", "dashboard");
        var script = Path.Combine(
            Programs.Root, "tests", "Ivim.Hosting.Tests", "Dashboard", "Browser", scenario + ".mjs");
        using var process = Process.Start(new ProcessStartInfo("node", [script, JsonSerializer.Serialize(given)])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        using var patience = new CancellationTokenSource(Patience);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        var found = new Dictionary<string, JsonElement>();
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            using var one = JsonDocument.Parse(line);
            found[one.RootElement.GetProperty("name").GetString()!] = one.RootElement.GetProperty("value").Clone();
        }
        await process.WaitForExitAsync(patience.Token);
        Assert.True(process.ExitCode == 0, $"{string.Join('\n', found.Select(one => $"{one.Key}: {one.Value}"))}\n"
            + await errors);
        // No script failed, nothing broke the policy, no box came up, and nobody else was asked for anything.
        Assert.Equal("[]", found["trouble"].GetRawText());
        Assert.Equal("[]", found["foreign"].GetRawText());
        return found;
    }

    private static string? Chromium => Browsers.Select(OnPath).FirstOrDefault(found => found is not null);

    private static string? OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
