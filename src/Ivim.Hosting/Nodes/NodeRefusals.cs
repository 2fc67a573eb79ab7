using System.Globalization;
using Ivim.Physics;

namespace Ivim.Hosting.Nodes;

/// <summary>Why a node does not start with the settings it was given; no value is repeated, it may be secret.</summary>
internal static class NodeRefusals
{
    public static RefusalException Usage(string found) =>
        new("USAGE", found, "options the program knows, each once", "run it with --help");

    public static RefusalException Setting(string found, string expected) =>
        new("NODE-SETTING", found, expected, "correct the setting; --help shows all");

    public static RefusalException Value(NodeSetting setting) =>
        Setting($"a {setting.Name} that cannot be used", Expected(setting));

    public static RefusalException Contradiction(string found, string expected) =>
        new("NODE-CONTRADICTION", found, expected, "leave one of them out");

    private static string Expected(NodeSetting setting) => setting.Range is { } range
        ? string.Create(CultureInfo.InvariantCulture,
            $"a number from {range.Least} to {range.Most} ({setting.Unit})")
        : setting.Unit;
}
