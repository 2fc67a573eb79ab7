using System.Net;
using System.Net.Sockets;

namespace Ivim.Faults.Tests.Injection;

/// <summary>Stands between a client and a server on this machine and cuts their connections on command.</summary>
internal sealed class TcpProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _serverPort;
    private int _commitCuts;
    private int _armed;

    public TcpProxy(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>
    /// How many connections were cut after a COMMIT had gone to the server and before its answer came back.
    /// </summary>
    public int CommitCuts => Volatile.Read(ref _commitCuts);

    /// <summary>
    /// From now on the answers to the next COMMITs are dropped with their connections: the server has committed, the
    /// client cannot know.
    /// </summary>
    public void CutNextCommits(int count) => Volatile.Write(ref _armed, count);

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                _ = CarryAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _serverPort, _end.Token);
                var link = new Link(client.GetStream(), server.GetStream());
                await Task.WhenAny(ForwardAsync(link), BackwardAsync(link));
            }
            catch (Exception e) when (IsEnd(e))
            {
            }
        }
    }

    private async Task ForwardAsync(Link link)
    {
        var buffer = new byte[65536];
        int length;
        while ((length = await link.Client.ReadAsync(buffer, _end.Token)) > 0)
        {
            // A simple query: 'Q', its length, the statement, a zero. Npgsql sends COMMIT as one packet of its own.
            if (buffer.AsSpan(0, length).IndexOf("COMMIT\0"u8) >= 0 && Interlocked.Decrement(ref _armed) >= 0)
                link.DropAnswer = true;
            await link.Server.WriteAsync(buffer.AsMemory(0, length), _end.Token);
        }
    }

    private async Task BackwardAsync(Link link)
    {
        var buffer = new byte[65536];
        int length;
        while ((length = await link.Server.ReadAsync(buffer, _end.Token)) > 0)
        {
            if (link.DropAnswer)
            {
                Interlocked.Increment(ref _commitCuts);
                return;
            }
            await link.Client.WriteAsync(buffer.AsMemory(0, length), _end.Token);
        }
    }

    private static bool IsEnd(Exception e) =>
        e is OperationCanceledException or IOException or SocketException or ObjectDisposedException;

    private sealed class Link(NetworkStream client, NetworkStream server)
    {
        public NetworkStream Client => client;

        public NetworkStream Server => server;

        public volatile bool DropAnswer;
    }
}
