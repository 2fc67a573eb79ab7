using System.Security.Cryptography.X509Certificates;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Remote.Transport.DotNetty;
using Ivim.Physics;

namespace Ivim.Hosting.Security;

/// <summary>Mutual TLS between nodes: what this node shows, and whom it believes.</summary>
/// <remarks>
/// Every node shows a certificate of the same private authority with the same pinned name; the system's own authorities
/// are never asked. Addresses of a secured node begin with <see cref="Scheme"/>.
/// </remarks>
public sealed class RemoteSecurity
{
    /// <summary>How the address of a secured node begins.</summary>
    public const string Scheme = "akka.ssl.tcp";

    /// <summary>How the address of a node without TLS begins.</summary>
    public const string PlainScheme = "akka.tcp";

    private readonly X509Certificate2 _certificate;
    private readonly PeerCheck _check;

    private RemoteSecurity(X509Certificate2 certificate, PeerCheck check) =>
        (_certificate, _check) = (certificate, check);

    /// <summary>When the certificate shown to others ceases to be valid.</summary>
    public DateTimeOffset NotAfter => new(_certificate.NotAfter);

    /// <summary>For an actor system that is made without Akka.Hosting; goes with <see cref="Config"/>.</summary>
    public IReadOnlyList<Setup> Setups =>
    [
        new DotNettySslSetup(_certificate, suppressValidation: false, requireMutualAuthentication: true,
            validateCertificateHostname: false, _check.Accepts),
        new DialCheckSetup(_certificate, _check),
    ];

    /// <summary>TLS, with each peer looked at before Akka calls it (<see cref="DialCheck"/>).</summary>
    public static string Hocon { get; } = $$"""
        akka {
          remote {
            # No blank behind the comma: Akka would look for a type whose name ends with a quotation mark.
            adapters.ivim-dial-check = "{{typeof(DialCheck).FullName}},{{typeof(DialCheck).Assembly.GetName().Name}}"
            dot-netty.tcp { enable-ssl = on, applied-adapters = [ivim-dial-check] }
          }
          # A handshake that fails on the calling side ends the actor system; it must not end the process.
          coordinated-shutdown.exit-clr = off
        }
        """;

    public static Config Config => ConfigurationFactory.ParseString(Hocon);

    /// <summary>Reads `ca.crt`, `tls.crt` and `tls.key`, and checks them as a peer would.</summary>
    /// <param name="folder">As cert-manager or docs/security.md fill it.</param>
    /// <param name="subject">Common name or DNS name that each node's certificate carries.</param>
    /// <exception cref="RefusalException">TLS-FILES, TLS-EXPIRED, TLS-FOREIGN, TLS-SUBJECT.</exception>
    public static RemoteSecurity Load(string folder, string subject, TimeProvider clock)
    {
        var files = CertificateFolder.Read(folder);
        var check = new PeerCheck(files.Authorities, files.Intermediates, subject, clock);
        var objection = check.ObjectionTo(files.Certificate);
        return objection == Objection.None ? new RemoteSecurity(files.Certificate, check) : throw Refused(objection);
    }

    private static RefusalException Refused(Objection objection) => objection switch
    {
        Objection.Expired => new("TLS-EXPIRED", "a certificate of this node, or its authority, that is not valid now",
            "one within its validity", "renew tls.crt and ca.crt, and check this machine's clock"),
        Objection.Subject => new("TLS-SUBJECT", "a certificate of this node under another name",
            "the pinned name as common name or DNS name", "issue it for that name, or change --tls-subject"),
        _ => new("TLS-FOREIGN", "a certificate of this node that ca.crt did not issue",
            "a chain from tls.crt to ca.crt", "put the authority that issued tls.crt into ca.crt"),
    };
}

/// <summary>TLS between nodes, for a node that is made with Akka.Hosting.</summary>
public static class SecuredRemoting
{
    /// <summary>Comes after `WithRemoting`, which must not say anything of TLS itself.</summary>
    public static AkkaConfigurationBuilder WithRemoteSecurity(this AkkaConfigurationBuilder akka,
        RemoteSecurity security)
    {
        foreach (var setup in security.Setups) akka.AddSetup(setup);
        return akka.AddHocon(RemoteSecurity.Hocon, HoconAddMode.Prepend);
    }
}
