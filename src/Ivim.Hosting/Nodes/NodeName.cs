using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Ivim.Hosting.Nodes;

/// <summary>What a node's process is called in leases, logs and histories: no two processes share a name.</summary>
public static class NodeName
{
    /// <summary>`host-pid-start`, the same for the life of the process.</summary>
    public static string OfThisProcess { get; } = Make();

    private static string Make()
    {
        using var process = Process.GetCurrentProcess();
        return string.Create(CultureInfo.InvariantCulture,
            $"{Dns.GetHostName()}-{process.Id}-{process.StartTime.ToUniversalTime().Ticks:x}");
    }
}
