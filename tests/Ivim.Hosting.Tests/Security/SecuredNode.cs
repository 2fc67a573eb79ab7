using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Ivim.Actors.Wire;
using Ivim.Hosting.Security;

namespace Ivim.Hosting.Tests.Security;

/// <summary>A real actor system that listens on a loopback port with mutual TLS.</summary>
internal sealed class SecuredNode : IAsyncDisposable
{
    private static readonly TimeSpan QuestionTime = TimeSpan.FromSeconds(3);

    private readonly HashSet<SecuredNode> _known = [];

    public SecuredNode(string folder, string subject = "ivim", string extra = "", RemoteSecurity? security = null)
    {
        security ??= RemoteSecurity.Load(folder, subject, TimeProvider.System);
        var config = ConfigurationFactory.ParseString("""
            akka {
              loglevel = WARNING
              stdout-loglevel = OFF
              loggers = ["Akka.TestKit.TestEventListener, Akka.TestKit"]
              actor.provider = cluster
              remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
              remote.retry-gate-closed-for = 100ms
              coordinated-shutdown { run-by-clr-shutdown-hook = off, exit-clr = off }
            }
            """);
        var all = ConfigurationFactory.ParseString(extra).WithFallback(RemoteLimits.Config)
            .WithFallback(RemoteSecurity.Config).WithFallback(WireConfig.Config).WithFallback(config);
        System = ActorSystem.Create("ivim", ActorSystemSetup.Create(
            [BootstrapSetup.Create().WithConfig(all), .. security.Setups]));
    }

    public ActorSystem System { get; }

    public Address Address => ((ExtendedActorSystem)System).Provider.DefaultAddress;

    public int Port => Address.Port!.Value;

    /// <summary>Whether an actor of the other node answers, asked over the network again and again.</summary>
    public async Task<bool> Reaches(SecuredNode other, TimeSpan patience)
    {
        if (_known.Add(other)) other.System.ActorOf(Props.Create(() => new Echo()), "echo-" + System.GetHashCode());
        var path = new RootActorPath(other.Address) / "user" / ("echo-" + System.GetHashCode());
        var provider = ((ExtendedActorSystem)System).Provider;
        // A reference, not a selection: those are discarded in untrusted mode.
        var reference = provider.ResolveActorRef(path.ToString());
        long began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < patience)
        {
            try
            {
                var identity = await reference.Ask<ActorIdentity>(new Identify(1), QuestionTime);
                return identity.Subject is { } subject && subject.Path.Address == other.Address;
            }
            catch (AskTimeoutException)
            {
                // A question that a busy machine's handshake took too long for is dropped, not kept.
            }
        }
        return false;
    }

    /// <summary>A connection as a stranger makes it, who knows TLS.</summary>
    public async Task<SslStream> Connect(X509Certificate2? certificate)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port);
#pragma warning disable CA5359 // The stranger of these tests believes anybody; it is the node that must not.
        var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
#pragma warning restore CA5359
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "ivim",
            ClientCertificates = certificate is null ? [] : [certificate],
        });
        return stream;
    }

    public async ValueTask DisposeAsync() => await System.Terminate();

    private sealed class Echo : ReceiveActor
    {
    }
}
