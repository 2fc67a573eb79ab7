using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Akka.Event;

namespace Ivim.Hosting.Security;

/// <summary>Why a certificate is not believed.</summary>
internal enum Objection
{
    None,
    Missing,
    Expired,
    Foreign,
    Subject,
}

/// <summary>Whom this node believes: our authority, within the validity, under the pinned name.</summary>
internal sealed class PeerCheck(X509Certificate2Collection authorities, X509Certificate2Collection intermediates,
    string subject, TimeProvider clock)
{
    private static readonly TimeSpan QuietTime = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<Objection, long> _lastLogged = [];

    /// <summary>The same on both sides of a connection; what TLS itself found wrong is not relied on.</summary>
    public bool Accepts(X509Certificate2? certificate, X509Chain? chain, string remotePeer, SslPolicyErrors errors,
        ILoggingAdapter log)
    {
        var objection = errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)
            ? Objection.Missing : ObjectionTo(certificate);
        if (objection == Objection.None) return true;
        if (IsNews(objection)) log.Warning("TLS-PEER-REFUSED: {0}. More of these within a minute are not logged.",
            Reason(objection));
        return false;
    }

    public Objection ObjectionTo(X509Certificate2? certificate)
    {
        if (certificate is null) return Objection.Missing;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(intermediates);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        // A certificate may name a place to fetch its issuer from: a stranger must not choose what this node calls.
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = clock.GetUtcNow().UtcDateTime;
        if (!chain.Build(certificate)) return HasOnlyTimeAgainstIt(chain) ? Objection.Expired : Objection.Foreign;
        return Carries(certificate, subject) ? Objection.None : Objection.Subject;
    }

    private static bool HasOnlyTimeAgainstIt(X509Chain chain) =>
        chain.ChainStatus.All(status => status.Status == X509ChainStatusFlags.NotTimeValid);

    /// <summary>The whole name, letter by letter: no wildcard, no part of a longer name.</summary>
    private static bool Carries(X509Certificate2 certificate, string subject) =>
        string.Equals(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false), subject,
            StringComparison.OrdinalIgnoreCase)
        || certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames())
            .Contains(subject, StringComparer.OrdinalIgnoreCase);

    /// <summary>A stranger who knocks without end must not fill the log.</summary>
    private bool IsNews(Objection objection)
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            if (_lastLogged.TryGetValue(objection, out var last) && clock.GetElapsedTime(last, now) < QuietTime)
                return false;
            _lastLogged[objection] = now;
            return true;
        }
    }

    public static string Reason(Objection objection) => objection switch
    {
        Objection.Missing => "a peer without a certificate",
        Objection.Expired => "a peer whose certificate is not valid now",
        Objection.Subject => "a peer of our authority under another name",
        _ => "a peer whose certificate is not of our authority",
    };
}
