using Ivim.Hosting.Journals;
using Ivim.Physics;
using Microsoft.Extensions.Configuration;

namespace Ivim.Hosting.Nodes;

/// <summary>
/// The values of the settings: the file first, then the environment, then the command line; later ones win.
/// </summary>
/// <remarks>
/// The environment is shared with other programs, so unknown names in it are none of ours; on the command line and in
/// our section of the file they are mistakes. File and environment may name settings of the other kind of node.
/// </remarks>
internal static class NodeConfiguration
{
    private const string Section = "Ivim", DefaultFile = "appsettings.json";

    /// <exception cref="RefusalException">USAGE, NODE-SETTING.</exception>
    public static IConfiguration Read(NodeRoles role, IReadOnlyList<string> arguments,
        Func<string, string?> environment)
    {
        var fromArguments = CommandLineSettings.Parse(role, arguments);
        if (JournalAddress.HoldsPassword(fromArguments.GetValueOrDefault("journal") ?? ""))
            throw NodeRefusals.Usage("a journal's password on the command line, where others can read it");
        var fromEnvironment = NodeSettings.All
            .Select(setting => (setting.Name, Value: environment(setting.EnvironmentName)))
            .Where(pair => !string.IsNullOrEmpty(pair.Value))
            .ToDictionary(pair => pair.Name, pair => pair.Value);
        return new ConfigurationBuilder()
            .AddInMemoryCollection(
                FromFile(fromArguments.GetValueOrDefault("settings") ?? fromEnvironment.GetValueOrDefault("settings")))
            .AddInMemoryCollection(fromEnvironment)
            .AddInMemoryCollection(fromArguments)
            .Build();
    }

    private static Dictionary<string, string?> FromFile(string? named)
    {
        string path = Path.GetFullPath(named ?? Path.Combine(AppContext.BaseDirectory, DefaultFile));
        if (named is null && !File.Exists(path)) return [];
        var values = new Dictionary<string, string?>();
        foreach (var entry in Load(path).GetSection(Section).GetChildren())
        {
            var setting = NodeSettings.All.FirstOrDefault(
                setting => setting.FileName.Equals(entry.Key, StringComparison.OrdinalIgnoreCase));
            if (setting is null or { Name: "settings" } || entry.Value is null)
                throw NodeRefusals.Setting("an unknown key in the settings file", "the keys of the settings' table");
            values[setting.Name] = entry.Value;
        }
        return values;
    }

    private static IConfigurationRoot Load(string path)
    {
        try
        {
            return new ConfigurationBuilder().AddJsonFile(path, optional: false, reloadOnChange: false).Build();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new RefusalException("NODE-SETTING", "a settings file that cannot be read", "a file of JSON",
                "correct it", e);
        }
    }
}
