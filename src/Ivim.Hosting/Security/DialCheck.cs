using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Remote.Transport;

namespace Ivim.Hosting.Security;

/// <summary>Looks at a peer over a connection of its own before Akka calls it.</summary>
/// <remarks>
/// Akka.NET (1.5.74) ends the whole actor system when a handshake fails on the calling side, so one peer whose
/// certificate has expired, or anybody who listens at a former peer's address, would end each node that calls it. A
/// peer refused here is only gated, as one that does not answer. A peer that dies between this look and Akka's own call
/// can still end the actor system; then the node starts it again.
/// </remarks>
public sealed class DialCheck : ITransportAdapterProvider
{
    public Transport Create(Transport wrappedTransport, ExtendedActorSystem system) => new CheckedTransport(
        wrappedTransport, system.Settings.Setup.Get<DialCheckSetup>().GetOrElse(null!)
            ?? throw new ConfigurationException("the dial check needs the certificate: add RemoteSecurity.Setups"));
}

/// <summary>What the check shows, and whom it believes.</summary>
internal sealed class DialCheckSetup(X509Certificate2 certificate, PeerCheck check) : Setup
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <exception cref="InvalidAssociationException">Nobody is there, or not one of us.</exception>
    public async Task Look(string host, int port)
    {
        var objection = Objection.Missing;
        using var enough = new CancellationTokenSource(Patience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host, port, enough.Token);
            await using var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false);
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = host,
                ClientCertificates = [certificate],
                RemoteCertificateValidationCallback = (_, shown, _, _) =>
                    (objection = check.ObjectionTo(shown as X509Certificate2)) == Objection.None,
            }, enough.Token);
            await stream.ShutdownAsync();
        }
        catch (AuthenticationException e)
        {
            throw new InvalidAssociationException($"TLS-PEER-REFUSED: {PeerCheck.Reason(objection)}", e);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            throw new InvalidAssociationException("the peer does not answer", e);
        }
    }
}

/// <summary>The transport as it was, with a look before each call.</summary>
internal sealed class CheckedTransport : Transport
{
    private readonly Transport _wrapped;
    private readonly DialCheckSetup _check;

    public CheckedTransport(Transport wrapped, DialCheckSetup check) =>
        (_wrapped, _check, System, Config) = (wrapped, check, wrapped.System, wrapped.Config);

    public override string SchemeIdentifier => _wrapped.SchemeIdentifier;

    public override long MaximumPayloadBytes => _wrapped.MaximumPayloadBytes;

    public override Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen() => _wrapped.Listen();

    public override bool IsResponsibleFor(Address remote) => _wrapped.IsResponsibleFor(remote);

    public override async Task<AssociationHandle> Associate(Address remoteAddress)
    {
        if (remoteAddress is { Host: { } host, Port: { } port }) await _check.Look(host, port);
        return await _wrapped.Associate(remoteAddress);
    }

    public override Task<bool> Shutdown() => _wrapped.Shutdown();

    public override Task<bool> ManagementCommand(object message) => _wrapped.ManagementCommand(message);
}
