using Ivim.Chart.Tests.Rendering;

namespace Ivim.Chart.Tests.Rules;

/// <summary>Everything that must hold of the chart with any values.</summary>
internal static class ChartRules
{
    public static IEnumerable<string> Broken(RenderedChart chart, string databasePort = NodePorts.Database) =>
    [
        .. PodSecurityRule.Broken(chart), .. SecretRule.Broken(chart), .. NetworkRule.Broken(chart, databasePort),
        .. LifeRule.Broken(chart), .. NameRule.Broken(chart), .. SettingsRule.Broken(chart),
    ];
}
