using Ivim.Chart.Tests.Machine;
using Ivim.Chart.Tests.Rendering;

namespace Ivim.Chart.Tests;

/// <summary>The table of values in the chart's README. IVIM_WRITE_GOLDEN=1 writes it anew.</summary>
public sealed class ReadmeTests
{
    private const string Head = "| value | default | meaning |", Rule = "|---|---|---|";

    private static readonly string Readme = Path.Combine(Repository.Chart, "README.md");

    [Fact]
    public void The_table_is_made_from_the_comments_of_the_values()
    {
        string[] rows = [Head, Rule, .. ValuesFile.MarkdownRows()];
        if (Environment.GetEnvironmentVariable("IVIM_WRITE_GOLDEN") == "1") Write(rows);

        Assert.Equal(rows, File.ReadAllLines(Readme).Where(line => line.StartsWith('|')));
    }

    [Fact]
    public void Every_value_has_a_meaning_of_its_own_or_one_of_its_parent()
    {
        var values = ValuesFile.Values().ToList();
        var told = values.Where(value => value.Meaning.Length > 0).Select(value => value.Path).ToList();

        Assert.All(values, value => Assert.Contains(told, known => known == value.Path
            || value.Path.StartsWith(known + ".", StringComparison.Ordinal)
            || known.StartsWith(value.Path + ".", StringComparison.Ordinal)));
    }

    private static void Write(string[] rows)
    {
        var lines = File.ReadAllLines(Readme).ToList();
        int at = lines.FindIndex(line => line.StartsWith('|'));
        if (at < 0) at = lines.Count;
        lines.RemoveAll(line => line.StartsWith('|'));
        lines.InsertRange(at, rows);
        File.WriteAllLines(Readme, lines);
    }
}
