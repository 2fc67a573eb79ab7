using Ivim.Hosting.Nodes;

namespace Ivim.Chart.Tests.Rules;

/// <summary>The ports of the programs, by their own settings.</summary>
internal static class NodePorts
{
    /// <summary>PostgreSQL's.</summary>
    public const string Database = "5432";

    public static string Node { get; } = DefaultOf("port");

    public static string Api { get; } = new Uri(DefaultOf("api")).Port.ToString(
        System.Globalization.CultureInfo.InvariantCulture);

    private static string DefaultOf(string setting) =>
        NodeSettings.All.Single(one => one.Name == setting).Default;
}
