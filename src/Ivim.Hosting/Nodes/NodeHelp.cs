using System.Text;

namespace Ivim.Hosting.Nodes;

/// <summary>The table of settings as `--help` prints it and as docs/cluster.md holds it.</summary>
public static class NodeHelp
{
    public static string Text(NodeRoles role)
    {
        var text = new StringBuilder()
            .AppendLine($"Ivim cluster {(role == NodeRoles.Seed ? "seed" : "worker")}: --name value for each setting.")
            .AppendLine("Also IVIM_NAME in the environment and \"Ivim\": {\"Name\": ...} in appsettings.json;")
            .AppendLine("the command line wins over the environment, and that over the file.")
            .AppendLine();
        foreach (var setting in NodeSettings.For(role))
        {
            text.AppendLine(setting.IsSecret
                    ? $"  {setting.EnvironmentName}  (environment or file only)"
                    : $"  --{setting.Name} <{setting.Unit}>")
                .AppendLine($"        {setting.Description}{Default(setting)}");
        }
        return text.ToString();
    }

    /// <summary>The rows of the table in docs/cluster.md.</summary>
    public static IEnumerable<string> MarkdownRows() => NodeSettings.All.Select(setting =>
        $"| `{setting.Name}` | {Roles(setting.Roles)} | {Code(setting.Default)} | {Code(setting.QuickDefault ?? "")} "
        + $"| {setting.Unit} | {setting.Description} |");

    private static string Default(NodeSetting setting) => (setting.Default, setting.QuickDefault) switch
    {
        ("", _) => "",
        var (value, quick) when quick is not null => $" [{value}; quick {quick}]",
        var (value, _) => $" [{value}]",
    };

    private static string Roles(NodeRoles roles) => roles switch
    {
        NodeRoles.Seed => "seed",
        NodeRoles.Worker => "worker",
        _ => "both",
    };

    private static string Code(string text) => text.Length == 0 ? "" : text == "-" ? "`-`" : $"`{text}`";
}
