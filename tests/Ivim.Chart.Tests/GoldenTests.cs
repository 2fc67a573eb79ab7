using Ivim.Chart.Tests.Machine;
using Ivim.Chart.Tests.Rendering;

namespace Ivim.Chart.Tests;

/// <summary>What the chart made when somebody last looked at it. IVIM_WRITE_GOLDEN=1 writes it anew.</summary>
public sealed class GoldenTests
{
    private const string WriteGolden = "IVIM_WRITE_GOLDEN";

    public static TheoryData<string> ValueSets => ValueSet.All;

    [SkippableTheory, MemberData(nameof(ValueSets))]
    public void The_chart_makes_what_it_made(string values)
    {
        string golden = Path.Combine(Repository.Tests, "Goldens", values + ".yaml");
        string made = ValueSet.Render(values).Text;
        if (Environment.GetEnvironmentVariable(WriteGolden) == "1") File.WriteAllText(golden, made);

        Assert.Equal(File.ReadAllText(golden), made);
    }

    [Fact]
    public void Every_golden_has_its_values() => Assert.Equal(
        ValueSet.Names,
        Directory.EnumerateFiles(Path.Combine(Repository.Tests, "Goldens"))
            .Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal));
}
