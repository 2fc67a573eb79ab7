namespace Ivim.Hosting.Nodes;

/// <summary>One setting of a node, as the table in docs/cluster.md shows it.</summary>
/// <param name="Name">On the command line `--name`; in the environment and in appsettings.json see below.</param>
/// <param name="Default">As text; empty where there is none, or where the description says what holds then.</param>
/// <param name="Unit">Of the value, or its form.</param>
public sealed record NodeSetting(string Name, NodeRoles Roles, string Default, string Unit, string Description)
{
    /// <summary>The default with `--timings quick`, where it is another.</summary>
    public string? QuickDefault { get; init; }

    /// <summary>Smallest and largest value of a number.</summary>
    public (double Least, double Most)? Range { get; init; }

    /// <summary>Never on the command line, where every user of the machine can read it.</summary>
    public bool IsSecret { get; init; }

    public bool IsFlag => Unit == "flag";

    /// <summary>`IVIM_HEARTBEAT_PAUSE`.</summary>
    public string EnvironmentName =>
        "IVIM_" + Name.ToUpperInvariant().Replace('-', '_');

    /// <summary>`HeartbeatPause`, in the section `Ivim`.</summary>
    public string FileName =>
        string.Concat(Name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
