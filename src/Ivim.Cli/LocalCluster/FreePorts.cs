using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Ivim.Physics;

namespace Ivim.Cli.LocalCluster;

/// <summary>
/// Ports for the nodes of one work folder. They lie below those that Linux gives to outgoing connections, so that none
/// of these takes a node's port while the node is down, and begin at another place for every folder.
/// </summary>
/// <param name="isFree">Whether a port can be listened on now.</param>
internal sealed class FreePorts(string work, Func<int, bool> isFree)
{
    private const int First = 20_000, Count = 12_000;

    private readonly int _offset = (int)(BinaryPrimitives.ReadUInt32LittleEndian(
        SHA256.HashData(Encoding.UTF8.GetBytes(work))) % Count);

    public FreePorts(string work)
        : this(work, CanListen)
    {
    }

    public bool IsFree(int port) => isFree(port);

    /// <exception cref="RefusalException">`PORTS-TAKEN`.</exception>
    public int Next(IEnumerable<int> reserved)
    {
        HashSet<int> others = [.. reserved];
        for (int step = 0; step < Count; step++)
        {
            int port = First + ((_offset + step) % Count);
            if (!others.Contains(port) && isFree(port)) return port;
        }
        throw new RefusalException(
            "PORTS-TAKEN", $"no free port from {First} to {First + Count - 1}", "one for each node",
            "end other programs that listen there");
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
