using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ivim.Hosting.Security;

namespace Ivim.Hosting.Tests.Security;

/// <summary>
/// What a stranger on the network can do to a node's port: nothing; and a peer is still talked with afterwards.
/// </summary>
/// <remarks>Alone, because one of them measures the memory of the whole process.</remarks>
[Collection(nameof(AloneCollection))]
public sealed class RemotePortTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2), Briefly = TimeSpan.FromSeconds(3);

    private readonly TestAuthority _authority = new();
    private readonly TemporaryFolder _folder = new();
    private SecuredNode _node = null!, _peer = null!;

    public Task InitializeAsync()
    {
        _node = new SecuredNode(_authority.Issue(_folder["node"]));
        _peer = new SecuredNode(_authority.Issue(_folder["peer"], "another", "ivim"));
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Two_nodes_of_one_authority_talk_both_ways()
    {
        Assert.Equal(RemoteSecurity.Scheme, _node.Address.Protocol);
        Assert.True(await _peer.Reaches(_node, Patience));
        Assert.True(await _node.Reaches(_peer, Patience));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0")]
    [InlineData("\u0016\u0003\u0001garbage that begins like a TLS record and goes on like none of them")]
    public async Task Plain_text_and_garbage_are_hung_up_on(string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _node.Port);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));
        Assert.True(await IsHungUpOn(client.GetStream()));
        await AssertUnharmed();
    }

    [Fact]
    public async Task A_peer_without_a_certificate_is_hung_up_on() => await AssertRefused(null);

    [Fact]
    public async Task A_peer_with_an_expired_certificate_is_hung_up_on() => await AssertRefused(Certificate(
        _authority.Issue(_folder["stranger"], "ivim", TestAuthority.Now.AddDays(-3), TestAuthority.Now.AddDays(-2))));

    [Fact]
    public async Task A_peer_of_our_authority_under_another_name_is_hung_up_on() =>
        await AssertRefused(Certificate(_authority.Issue(_folder["stranger"], "database")));

    [Fact]
    public async Task A_peer_of_another_authority_is_hung_up_on()
    {
        using var foreign = new TestAuthority();
        await AssertRefused(Certificate(foreign.Issue(_folder["stranger"])));
    }

    /// <summary>The other direction: the node calls, and the one who answers is not who it should be.</summary>
    [Fact]
    public async Task A_node_does_not_talk_to_a_listener_of_another_authority_or_under_another_name()
    {
        using var foreign = new TestAuthority();
        await using var stranger = new SecuredNode(foreign.Issue(_folder["foreign"]));
        await using var database = new SecuredNode(_authority.Issue(_folder["database"], "database"), "database");
        Assert.False(await _node.Reaches(stranger, Briefly));
        Assert.False(await stranger.Reaches(_node, Briefly));
        Assert.False(await _node.Reaches(database, Briefly));
        await AssertUnharmed();
    }

    [Fact]
    public async Task A_frame_of_100_MB_is_refused_by_its_length_before_it_is_stored()
    {
        const int size = 100_000_000;
        await using var stream = await _node.Connect(Certificate(_folder["peer"]));
        Assert.False(await IsHungUpOn(stream, TimeSpan.FromSeconds(1)), "a peer that is believed may stay");
        var header = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(header, size);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var sent = await Send(stream, header, size);
        Assert.True(sent < size || await IsHungUpOn(stream));
        // Half of the frame would be 50 MB; what the node keeps is a buffer of its receive size.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, size / 4);
        await AssertUnharmed();
    }

    public async Task DisposeAsync()
    {
        await _peer.DisposeAsync();
        await _node.DisposeAsync();
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    private async Task AssertUnharmed()
    {
        Assert.True(await _peer.Reaches(_node, Patience), "a peer reaches the node no more");
        Assert.True(await _node.Reaches(_peer, Patience), "the node reaches its peer no more");
        Assert.False(_node.System.WhenTerminated.IsCompleted, "the actor system ended");
    }

    /// <summary>With TLS 1.3 the handshake ends on the client's side before the server has looked.</summary>
    private async Task AssertRefused(X509Certificate2? certificate)
    {
        try
        {
            await using var stream = await _node.Connect(certificate);
            Assert.True(await IsHungUpOn(stream));
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            // Refused during the handshake: as good.
        }
        await AssertUnharmed();
    }

    private static async Task<int> Send(SslStream stream, byte[] header, int size)
    {
        var chunk = new byte[100_000];
        int sent = 0;
        try
        {
            await stream.WriteAsync(header);
            for (; sent < size; sent += chunk.Length) await stream.WriteAsync(chunk);
        }
        catch (IOException)
        {
            // The node hung up in the middle, as it should.
        }
        return sent;
    }

    private static async Task<bool> IsHungUpOn(Stream stream, TimeSpan? patience = null)
    {
        using var enough = new CancellationTokenSource(patience ?? Patience);
        var buffer = new byte[1024];
        try
        {
            // A TLS alert may come before the end.
            while (await stream.ReadAsync(buffer, enough.Token) > 0) continue;
            return true;
        }
        catch (IOException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static X509Certificate2 Certificate(string folder) =>
        X509Certificate2.CreateFromPemFile(Path.Combine(folder, "tls.crt"), Path.Combine(folder, "tls.key"));
}

[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
