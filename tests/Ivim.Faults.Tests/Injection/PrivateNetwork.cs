using System.Globalization;
using Ivim.Faults.Tests.Machine;

namespace Ivim.Faults.Tests.Injection;

/// <summary>
/// A network of namespaces on one bridge: every host has an address, a link that can be taken down and a firewall.
/// </summary>
internal sealed class PrivateNetwork : INetwork, IAsyncDisposable
{
    private const string Subnet = "10.231.77.";

    private static int _made;

    private readonly List<int> _hosts = [];
    private readonly string _tag = (Environment.ProcessId * 16 + Interlocked.Increment(ref _made) % 16)
        .ToString("x", CultureInfo.InvariantCulture);

    private PrivateNetwork() { }

    private string Bridge => $"ivb{_tag}";

    /// <summary>Makes the bridge; this process is host 254 on it.</summary>
    public static async Task<PrivateNetwork> MakeAsync(int hosts)
    {
        Rights.NeedRoot("network namespaces");
        Rights.NeedProgram("ip", "iproute2");
        Rights.NeedProgram("nft", "nftables");
        await RemoveForgottenAsync();
        var network = new PrivateNetwork();
        var made = await Command.TryAsync("ip", "link", "add", network.Bridge, "type", "bridge");
        Skip.If(made.Error.Contains("not permitted", StringComparison.Ordinal),
            "this machine lets nobody make a bridge");
        Assert.True(made.Succeeded, made.Error);
        await Command.RunAsync("ip", "address", "add", Subnet + "254/24", "dev", network.Bridge);
        await Command.RunAsync("ip", "link", "set", network.Bridge, "up");
        for (int host = 1; host <= hosts; host++) await network.AddAsync(host);
        return network;
    }

    /// <summary>Its hosts are namespaces of this machine: nobody else is on it.</summary>
    public IReadOnlyList<string> Settings => ["--insecure"];

    public string AddressOf(int host) => $"{Subnet}{host}";

    public IReadOnlyList<string> On(int host) => ["ip", "netns", "exec", Space(host)];

    public async Task CutAsync(params int[] hosts)
    {
        foreach (int host in hosts) await Command.RunAsync("ip", "link", "set", Outside(host), "down");
        foreach (int host in hosts) Assert.False(await IsLinkUpAsync(host), $"the link of host {host} is still up");
    }

    public async Task HealAsync(params int[] hosts)
    {
        foreach (int host in hosts) await Command.RunAsync("ip", "link", "set", Outside(host), "up");
        foreach (int host in hosts) Assert.True(await IsLinkUpAsync(host), $"the link of host {host} is still down");
    }

    public async Task DeafenAsync(int host, int to)
    {
        await OnHostAsync(host, "nft", "add", "table", "inet", "faults");
        await OnHostAsync(host, "nft", "add chain inet faults input { type filter hook input priority 0 ; }");
        await OnHostAsync(host, "nft", $"add rule inet faults input ip saddr {AddressOf(to)} counter drop");
    }

    /// <summary>By the packets that the firewall of the host has dropped.</summary>
    public async Task<bool> IsDeafAsync(int host)
    {
        var rules = await OnHostAsync(host, "nft", "list", "table", "inet", "faults");
        int at = rules.IndexOf("counter packets ", StringComparison.Ordinal) + "counter packets ".Length;
        return long.Parse(rules[at..rules.IndexOf(' ', at)], CultureInfo.InvariantCulture) > 0;
    }

    /// <summary>Limits what a host can send; the kernels of small machines have tbf, not netem.</summary>
    /// <returns>Whether the limit is in place.</returns>
    public async Task<bool> SlowAsync(int host, string rate)
    {
        await OnHostAsync(host, "tc", "qdisc", "add", "dev", Inside(host), "root", "tbf", "rate", rate,
            "burst", "32kbit", "latency", "400ms");
        return (await OnHostAsync(host, "tc", "qdisc", "show")).Contains("tbf", StringComparison.Ordinal);
    }

    public Task HearAgainAsync(int host) => OnHostAsync(host, "nft", "delete", "table", "inet", "faults");

    public async ValueTask DisposeAsync()
    {
        foreach (int host in _hosts)
        {
            // A namespace lives on as long as a process in it does; the link takes its other end along.
            await Command.TryAsync("ip", "link", "delete", Outside(host));
            await Command.TryAsync("ip", "netns", "delete", Space(host));
        }
        await Command.TryAsync("ip", "link", "delete", Bridge);
    }

    /// <summary>
    /// A test run that was killed leaves its bridge behind, and two bridges with one subnet hear nothing of each
    /// other's hosts.
    /// </summary>
    private static async Task RemoveForgottenAsync()
    {
        foreach (var space in Names(await Command.RunAsync("ip", "netns", "list"), "ivim-"))
        {
            if (IsForgotten(space.Split('-')[1])) await Command.TryAsync("ip", "netns", "delete", space);
        }
        var bridges = await Command.RunAsync("ip", "-brief", "link", "show", "type", "bridge");
        foreach (var bridge in Names(bridges, "ivb"))
        {
            if (IsForgotten(bridge["ivb".Length..])) await Command.TryAsync("ip", "link", "delete", bridge);
        }
    }

    private static IEnumerable<string> Names(string lines, string beginning) =>
        lines.Split('\n').Select(line => line.Split(' ')[0])
            .Where(name => name.StartsWith(beginning, StringComparison.Ordinal));

    private static bool IsForgotten(string tag) =>
        int.TryParse(tag, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int number)
        && !Directory.Exists($"/proc/{number / 16}");

    private async Task AddAsync(int host)
    {
        string space = Space(host), inside = Inside(host);
        await Command.RunAsync("ip", "netns", "add", space);
        _hosts.Add(host);
        await Command.RunAsync("ip", "link", "add", Outside(host), "type", "veth", "peer", "name", inside);
        await Command.RunAsync("ip", "link", "set", Outside(host), "master", Bridge, "up");
        await Command.RunAsync("ip", "link", "set", inside, "netns", space);
        await OnHostAsync(host, "ip", "address", "add", AddressOf(host) + "/24", "dev", inside);
        await OnHostAsync(host, "ip", "link", "set", inside, "up");
        await OnHostAsync(host, "ip", "link", "set", "lo", "up");
    }

    private async Task<bool> IsLinkUpAsync(int host) =>
        !(await Command.RunAsync("ip", "link", "show", Outside(host))).Contains("state DOWN", StringComparison.Ordinal);

    private Task<string> OnHostAsync(int host, params string[] command) =>
        Command.RunAsync("ip", ["netns", "exec", Space(host), .. command]);

    private string Space(int host) => $"ivim-{_tag}-{host}";

    private string Inside(int host) => $"ivi{_tag}{host}";

    private string Outside(int host) => $"ivo{_tag}{host}";
}
