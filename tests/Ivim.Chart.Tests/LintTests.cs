using Ivim.Chart.Tests.Machine;
using Ivim.Chart.Tests.Rendering;

namespace Ivim.Chart.Tests;

/// <summary>What helm itself says.</summary>
public sealed class LintTests
{
    public static TheoryData<string> ValueSets => ValueSet.All;

    [SkippableTheory, MemberData(nameof(ValueSets))]
    public void Helm_finds_nothing_to_mend(string values)
    {
        var lint = Helm.Lint(Repository.Chart, ValueSet.File(values));

        Assert.True(lint.Succeeded, lint.Output + lint.Error);
        Assert.DoesNotContain("[WARNING]", lint.Output, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("defaults", "helm test ivim -n imaging", "https://localhost:8053")]
    [InlineData("insecure", "WARNING: tls.mode is insecure", "http://127.0.0.1:8053")]
    [InlineData("trial", "WARNING: the bundled PostgreSQL", "@ivim-postgresql:5432/ivim")]
    public void An_installation_ends_with_the_next_commands(string values, params string[] told)
    {
        var ran = Helm.DryRun(Repository.Chart, ValueSet.File(values));

        Assert.True(ran.Succeeded, ran.Error);
        string notes = ran.Output[ran.Output.IndexOf("NOTES:", StringComparison.Ordinal)..];
        Assert.All(told, text => Assert.Contains(text, notes, StringComparison.Ordinal));
    }
}
