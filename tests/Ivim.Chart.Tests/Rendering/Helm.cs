using Ivim.Chart.Tests.Machine;

namespace Ivim.Chart.Tests.Rendering;

/// <summary>The real helm: that of IVIM_HELM, of the path, or the one that .ci/run fetches.</summary>
internal static class Helm
{
    private const string Variable = "IVIM_HELM";

    private static readonly string? Program = Candidates().FirstOrDefault(File.Exists);

    public static Command Lint(string chart, string? values = null) =>
        Ran(["lint", "--strict", chart, .. Values(values)]);

    /// <summary>Into the namespace `imaging`, as release `ivim`.</summary>
    public static Command Template(string chart, string? values = null, params IEnumerable<string> more) =>
        Ran(["template", "ivim", chart, "--namespace", "imaging", .. Values(values), .. more]);

    /// <summary>What an installation would say at its end.</summary>
    public static Command DryRun(string chart, string? values = null) =>
        Ran(["install", "ivim", chart, "--namespace", "imaging", "--dry-run=client", .. Values(values)]);

    private static Command Ran(params IEnumerable<string> arguments)
    {
        Skip.If(Program is null, $"no helm here: .ci/run fetches it, or name one in {Variable}");
        return Command.Try(Program!, arguments);
    }

    private static string[] Values(string? file) => file is null ? [] : ["--values", file];

    private static IEnumerable<string> Candidates() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "helm"))
        .Prepend(Environment.GetEnvironmentVariable(Variable) ?? "")
        .Append(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
            ".cache", "ivim-tools", "helm"));
}
