using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ivim.Physics;

namespace Ivim.Hosting.Security;

/// <summary>Whom a client of the HTTP API believes instead of the system's authorities.</summary>
/// <remarks>
/// All nodes share one pinned name, which is no host's; a certificate that a public name was put into is believed under
/// that name as well.
/// </remarks>
public sealed class ServerTrust
{
    /// <summary>The name that nodes carry unless `tls-subject` says otherwise.</summary>
    private const string NodeSubject = "ivim";

    private readonly X509Certificate2Collection _authorities = [];
    private readonly TimeProvider _clock;

    private ServerTrust(TimeProvider clock) => _clock = clock;

    /// <param name="path">Certificates of the authorities, in PEM.</param>
    /// <exception cref="RefusalException">CA-UNREADABLE.</exception>
    public static ServerTrust FromFile(string path, TimeProvider clock)
    {
        try
        {
            var trust = new ServerTrust(clock);
            trust._authorities.ImportFromPemFile(path);
            return trust._authorities.Count > 0 ? trust : throw Unreadable(null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw Unreadable(e);
        }
    }

    /// <param name="sent">What came with the certificate to complete the chain.</param>
    /// <param name="host">As the client addresses the server.</param>
    public bool Believes(X509Certificate2? certificate, X509Certificate2Collection sent, string host) =>
        new PeerCheck(_authorities, sent, NodeSubject, _clock).ObjectionTo(certificate) switch
        {
            Objection.None => true,
            Objection.Subject => certificate!.MatchesHostname(host),
            _ => false,
        };

    private static RefusalException Unreadable(Exception? cause) => new("CA-UNREADABLE",
        "no certificate in the file of the authority", "one or more in PEM",
        "check --ca or IVIM_CA, for example the cluster's ca.crt", cause);
}
