using Ivim.Physics;

namespace Ivim.Hosting.Nodes;

/// <summary>`--name value`, `--name=value` and `--flag`.</summary>
internal static class CommandLineSettings
{
    /// <exception cref="RefusalException">USAGE, NODE-SETTING.</exception>
    public static Dictionary<string, string?> Parse(NodeRoles role, IReadOnlyList<string> arguments)
    {
        var values = new Dictionary<string, string?>();
        for (int index = 0; index < arguments.Count; index++)
        {
            var (name, inline) = Split(arguments[index]);
            var setting = NodeSettings.For(role).FirstOrDefault(setting => setting.Name == name)
                ?? throw NodeRefusals.Usage("an unknown option");
            if (setting.IsSecret)
                throw NodeRefusals.Usage($"a {name} on the command line, where others can read it");
            string value = inline
                ?? (setting.IsFlag ? "true"
                    : ++index < arguments.Count ? arguments[index]
                    : throw NodeRefusals.Usage($"--{name} without a value"));
            if (!values.TryAdd(name, value)) throw NodeRefusals.Usage($"--{name} twice");
        }
        return values;
    }

    private static (string Name, string? Value) Split(string argument)
    {
        if (!argument.StartsWith("--", StringComparison.Ordinal)) throw NodeRefusals.Usage("a word that is no option");
        int equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (argument[2..], null) : (argument[2..equals], argument[(equals + 1)..]);
    }
}
