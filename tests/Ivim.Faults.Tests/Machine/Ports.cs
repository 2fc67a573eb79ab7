using System.Net;
using System.Net.Sockets;

namespace Ivim.Faults.Tests.Machine;

/// <summary>Numbers that nobody listens on right now.</summary>
internal static class Ports
{
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
