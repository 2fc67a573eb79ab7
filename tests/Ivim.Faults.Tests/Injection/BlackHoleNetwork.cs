using System.Globalization;
using Ivim.Faults.Tests.Clusters;
using Ivim.Faults.Tests.Machine;

namespace Ivim.Faults.Tests.Injection;

/// <summary>
/// Hosts that are addresses of the loopback device, for a machine that lets nobody make namespaces: a node on them
/// drops by itself what it would send and hear. The HTTP API and the files are not cut off.
/// </summary>
/// <param name="folder">Where the nodes look for their orders.</param>
internal sealed class BlackHoleNetwork(string folder, int hosts) : INetwork
{
    /// <summary>Of this test run alone.</summary>
    private static readonly string Subnet = string.Create(CultureInfo.InvariantCulture,
        $"127.{Environment.ProcessId / 250 % 250 + 1}.{Environment.ProcessId % 250}.");

    private IEnumerable<int> All => Enumerable.Range(1, hosts);

    public IReadOnlyList<string> Settings => [];

    public string AddressOf(int host) => $"{Subnet}{host}";

    public IReadOnlyList<string> On(int host)
    {
        Directory.CreateDirectory(folder);
        return ["env", .. TestHooks.BlackHole(folder).Select(variable => $"{variable.Key}={variable.Value}")];
    }

    public async Task CutAsync(params int[] hosts)
    {
        foreach (int host in hosts)
            Order(host, All.Where(other => other != host).Select(other => $"both {Node(other)}"));
        foreach (int host in hosts) await UntilObeyedAsync(host);
    }

    public async Task HealAsync(params int[] hosts)
    {
        foreach (int host in hosts) Order(host, []);
        foreach (int host in hosts) await UntilObeyedAsync(host);
    }

    public Task DeafenAsync(int host, int to)
    {
        Order(host, [$"receive {Node(to)}"]);
        return UntilObeyedAsync(host);
    }

    public Task<bool> IsDeafAsync(int host) => Task.FromResult(IsObeyed(host));

    public Task HearAgainAsync(int host) => HealAsync(host);

    private void Order(int host, IEnumerable<string> lines)
    {
        string temporary = Orders(host) + ".tmp";
        File.WriteAllLines(temporary, lines.Order(StringComparer.Ordinal));
        File.Move(temporary, Orders(host), overwrite: true);
    }

    private Task<TimeSpan> UntilObeyedAsync(int host) =>
        Until.TrueAsync(() => IsObeyed(host), Until.Hang, $"host {host} does as it was told");

    private bool IsObeyed(int host) => File.Exists(Orders(host) + ".now")
        && File.ReadAllText(Orders(host) + ".now") == File.ReadAllText(Orders(host));

    private string Orders(int host) => Path.Combine(folder, Node(host));

    private string Node(int host) => ProgramCluster.At(AddressOf(host));
}
