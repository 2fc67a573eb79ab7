using System.Globalization;
using System.Net;
using Ivim.Chart.Tests.Machine;

namespace Ivim.Chart.Tests.Pods;

/// <summary>Every pod has a network of its own, on a bridge where this process is the node.</summary>
internal sealed class PodNetwork : IDisposable
{
    // Two runs at a time are two networks: with one subnet neither would hear its own pods.
    private static readonly string Subnet =
        string.Create(CultureInfo.InvariantCulture, $"10.231.{80 + Environment.ProcessId % 160}.");

    private readonly string _tag = Environment.ProcessId.ToString("x", CultureInfo.InvariantCulture);
    private readonly List<string> _spaces = [];
    private int _last;

    private PodNetwork() { }

    /// <summary>The address of this process.</summary>
    public static string Node { get; } = Subnet + "254";

    private string Bridge => $"ivk{_tag}";

    public static PodNetwork Make()
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "network and mount namespaces need root");
        Skip.IfNot(Command.IsInstalled("ip"), "no ip here: apt-get install iproute2");
        Skip.IfNot(Command.Try("unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt").Succeeded,
            "this machine lets nobody mount");
        RemoveForgotten();
        var network = new PodNetwork();
        var made = Command.Try("ip", "link", "add", network.Bridge, "type", "bridge");
        Skip.If(made.Error.Contains("not permitted", StringComparison.Ordinal),
            "this machine lets nobody make a bridge");
        Assert.True(made.Succeeded, made.Error);
        Command.Run("ip", "address", "add", Node + "/24", "dev", network.Bridge);
        Command.Run("ip", "link", "set", network.Bridge, "up");
        return network;
    }

    /// <summary>A run that was killed leaves its bridge and its namespaces behind.</summary>
    private static void RemoveForgotten()
    {
        foreach (string space in Names(Command.Run("ip", "netns", "list"), "ivpod-"))
            if (IsForgotten(space.Split('-')[1])) Command.Try("ip", "netns", "delete", space);
        foreach (string bridge in Names(Command.Run("ip", "-brief", "link", "show", "type", "bridge"), "ivk"))
            if (IsForgotten(bridge[3..])) Command.Try("ip", "link", "delete", bridge);
    }

    private static IEnumerable<string> Names(string lines, string beginning) =>
        lines.Split('\n').Select(line => line.Split(' ')[0])
            .Where(name => name.StartsWith(beginning, StringComparison.Ordinal));

    private static bool IsForgotten(string tag) =>
        int.TryParse(tag, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int pid)
        && !Directory.Exists($"/proc/{pid}");

    /// <summary>A place for one more pod.</summary>
    public PodPlace Add()
    {
        int number = ++_last;
        string space = $"ivpod-{_tag}-{number}", outside = $"ivp{_tag}{number}", inside = $"ivq{_tag}{number}";
        string address = Subnet + number.ToString(CultureInfo.InvariantCulture);
        Command.Run("ip", "netns", "add", space);
        _spaces.Add(space);
        Command.Run("ip", "link", "add", outside, "type", "veth", "peer", "name", inside);
        Command.Run("ip", "link", "set", outside, "master", Bridge, "up");
        Command.Run("ip", "link", "set", inside, "netns", space);
        Command.Run("ip", "-n", space, "address", "add", address + "/24", "dev", inside);
        Command.Run("ip", "-n", space, "link", "set", inside, "up");
        Command.Run("ip", "-n", space, "link", "set", "lo", "up");
        return new PodPlace(space, IPAddress.Parse(address));
    }

    public void Dispose()
    {
        // A namespace that is gone takes both ends of its link along.
        foreach (string space in _spaces) Command.Try("ip", "netns", "delete", space);
        Command.Try("ip", "link", "delete", Bridge);
    }
}

/// <summary>The network namespace of a pod.</summary>
internal sealed record PodPlace(string Space, IPAddress Address)
{
    /// <summary>What comes before a command that runs there.</summary>
    public IReadOnlyList<string> Enter => ["ip", "netns", "exec", Space];
}
