using System.Net;
using System.Net.Sockets;

namespace Ivim.Hosting.Tests;

/// <summary>
/// Ports that nobody listens on, below those that Linux gives to outgoing connections: none of these takes one while
/// its program is away, and no two tests of this process get the same.
/// </summary>
internal static class FreePorts
{
    private const int First = 12_000, Count = 8_000;

    private static int _last = Environment.ProcessId * 40;

    public static int Next()
    {
        while (true)
        {
            int port = First + (int)((uint)Interlocked.Increment(ref _last) % Count);
            if (CanListen(port)) return port;
        }
    }

    private static bool CanListen(int port)
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
