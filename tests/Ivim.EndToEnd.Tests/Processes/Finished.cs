using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ivim.EndToEnd.Tests.Processes;

/// <summary>What a run of the program left behind.</summary>
internal sealed partial record Finished(int ExitCode, string Output, string Error, TimeSpan Elapsed)
{
    public const int Done = 0, Usage = 2, BadInput = 3, Environment = 4, Interrupted = 130, Killed = 137;

    /// <summary>The last line of standard output, where `--json` puts its object.</summary>
    public JsonNode Report => JsonNode.Parse(Output.TrimEnd('\n').Split('\n')[^1])!;

    /// <summary>The code of the one line of standard error that begins with `error`.</summary>
    public string ErrorCode => ErrorLine().Match(Error) is { Success: true } found ? found.Groups["code"].Value : "";

    /// <summary>Codes of the warnings of `--json`.</summary>
    public string[] WarningCodes =>
        [.. Report["warnings"]!.AsArray().Select(warning => (string)warning!["code"]!)];

    public int Computed(string stage) => (int)Report["items"]!["computed"]![stage]!;

    public int Reused(string stage) => (int)Report["items"]!["reused"]![stage]!;

    public int ComputedInAll => Report["items"]!["computed"]!.AsObject().Sum(stage => (int)stage.Value!);

    /// <summary>Map name to the hash that the program reports.</summary>
    public SortedDictionary<string, string> Hashes => new(Report["maps"]!.AsObject()
        .ToDictionary(map => map.Key, map => (string)map.Value!["sha256"]!), StringComparer.Ordinal);

    public Finished MustBeDone()
    {
        Assert.True(ExitCode == Done, $"exit code {ExitCode}: {Error}");
        return this;
    }

    /// <summary>One coded line: what was found, what was expected, what to do; and no stack trace.</summary>
    public void MustBeRefusal(int exitCode, string code)
    {
        Assert.True(ErrorCode == code && ExitCode == exitCode, $"{code} was expected; exit code {ExitCode}: {Error}");
        Assert.Single(Error.Split('\n'), line => line.StartsWith("error ", StringComparison.Ordinal));
        Assert.Matches($"error {code}: found .+; expected .+; .+\\.", Error);
        Assert.DoesNotContain("   at ", Error + Output, StringComparison.Ordinal);
    }

    [GeneratedRegex("^error (?<code>[A-Z0-9-]+): ", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();
}
