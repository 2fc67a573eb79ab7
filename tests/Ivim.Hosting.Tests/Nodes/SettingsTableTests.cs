using Ivim.Hosting.Nodes;

namespace Ivim.Hosting.Tests.Nodes;

/// <summary>docs/cluster.md and `--help` against the settings in the code.</summary>
public sealed class SettingsTableTests
{
    [Fact]
    public void The_table_in_the_guide_is_the_one_in_the_code()
    {
        var lines = File.ReadAllLines(Path.Combine(Programs.Root, "docs", "cluster.md"));
        var rows = lines.SkipWhile(line => !line.StartsWith("| setting ", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|'));

        Assert.Equal(NodeHelp.MarkdownRows(), rows);
    }

    [Theory]
    [InlineData(NodeRoles.Seed)]
    [InlineData(NodeRoles.Worker)]
    public void The_help_names_every_setting_of_the_role(NodeRoles role)
    {
        var help = NodeHelp.Text(role);

        Assert.All(NodeSettings.For(role), setting => Assert.Contains(
            setting.IsSecret ? setting.EnvironmentName : $"--{setting.Name} ", help, StringComparison.Ordinal));
        Assert.DoesNotContain("--token ", help, StringComparison.Ordinal);
    }
}
