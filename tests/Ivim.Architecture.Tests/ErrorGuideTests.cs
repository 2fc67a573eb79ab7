using System.Text.RegularExpressions;

namespace Ivim.Architecture.Tests;

/// <summary>docs/errors.md against the codes in the sources: none is left out, none is invented.</summary>
public sealed partial class ErrorGuideTests
{
    private const string Guide = "docs/errors.md", Launcher = "ivim";

    /// <summary>Codes without a hyphen look like any other word in capitals, so they are named here.</summary>
    private static readonly string[] OneWordCodes = ["USAGE", "INTERNAL", "INTERRUPTED"];

    /// <summary>Literals that look like codes and are none.</summary>
    private static readonly string[] NoCodes = [];

    [Fact]
    public void Every_code_that_can_be_printed_stands_in_the_guide() =>
        Assert.Empty(PrintedCodes().Except(ExplainedCodes()).Order());

    [Fact]
    public void Every_code_in_the_guide_can_be_printed() =>
        Assert.Empty(ExplainedCodes().Except(PrintedCodes()).Order());

    [Fact]
    public void The_guide_explains_a_code_once() =>
        Assert.Distinct(ExplainedCodes());

    [Fact]
    public void The_exceptions_of_this_test_still_stand_in_the_sources()
    {
        var sources = Sources();
        Assert.All(OneWordCodes.Concat(NoCodes), word => Assert.Contains($"\"{word}\"", sources));
    }

    private static HashSet<string> PrintedCodes()
    {
        var sources = Sources();
        HashSet<string> codes = [.. OneWordCodes];
        codes.UnionWith(Firsts(CodeLiteral(), sources));
        codes.UnionWith(Firsts(LauncherCode(), Repository.Read(Launcher)));
        // The reader of number tables puts its codes together: the kind of table, and what is wrong with it.
        string[] endings = Firsts(CodeOfKind(), sources), kinds = Firsts(KindOfTable(), sources);
        Assert.NotEmpty(endings);
        Assert.NotEmpty(kinds);
        codes.UnionWith(kinds.SelectMany(kind => endings.Select(ending => kind + ending)));
        codes.ExceptWith(NoCodes);
        return codes;
    }

    /// <summary>The codes in the first column of the guide's tables; a row may hold several.</summary>
    private static string[] ExplainedCodes() =>
        [.. Repository.Lines(Guide).Where(line => CodeRow().IsMatch(line))
            .SelectMany(line => line.Split('|')[1].Split(',', StringSplitOptions.TrimEntries))];

    private static string Sources() =>
        string.Join('\n', Repository.TextFiles()
            .Where(file => file.StartsWith("src/", StringComparison.Ordinal)
                && file.EndsWith(".cs", StringComparison.Ordinal))
            .Select(Repository.Read));

    private static string[] Firsts(Regex pattern, string text) =>
        [.. pattern.Matches(text).Select(match => match.Groups[1].Value).Distinct()];

    /// <summary>A literal that is a code, or begins with one and a colon.</summary>
    [GeneratedRegex("\"([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+)(?:\"|: )")]
    private static partial Regex CodeLiteral();

    [GeneratedRegex("refuse \"([A-Z][A-Z0-9-]*): ")]
    private static partial Regex LauncherCode();

    [GeneratedRegex("\"\\{kind\\}(-[A-Z0-9-]+)\"")]
    private static partial Regex CodeOfKind();

    [GeneratedRegex("NumberTable\\.\\w+\\(\\w+, \"([A-Z]+)\"\\)")]
    private static partial Regex KindOfTable();

    [GeneratedRegex("^\\| [A-Z0-9-]{2,}(?:, [A-Z0-9-]{2,})* \\|")]
    private static partial Regex CodeRow();
}
