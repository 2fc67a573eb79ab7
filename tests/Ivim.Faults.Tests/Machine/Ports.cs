using System.Net;
using System.Net.Sockets;

namespace Ivim.Faults.Tests.Machine;

/// <summary>
/// Numbers that nobody listens on, below those that Linux gives to outgoing connections: none of these takes one while
/// its program is away.
/// </summary>
internal static class Ports
{
    private const int First = 12_000, Count = 8_000;

    private static int _last = Environment.ProcessId * 40;

    public static int Free()
    {
        while (true)
        {
            int port = First + (int)((uint)Interlocked.Increment(ref _last) % Count);
            if (IsFree(port)) return port;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
