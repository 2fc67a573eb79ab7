using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ivim.Physics;

namespace Ivim.Hosting.Security;

/// <summary>The three PEM files of a node, as cert-manager writes them into a secret.</summary>
/// <param name="Certificate">With its private key.</param>
/// <param name="Intermediates">What stands behind the node's own certificate in tls.crt.</param>
internal sealed record CertificateFolder(X509Certificate2 Certificate, X509Certificate2Collection Intermediates,
    X509Certificate2Collection Authorities)
{
    public static readonly IReadOnlyList<string> Names = ["ca.crt", "tls.crt", "tls.key"];

    /// <exception cref="RefusalException">TLS-FILES.</exception>
    public static CertificateFolder Read(string folder)
    {
        var texts = Names.Select(name => Text(folder, name)).ToArray();
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPem(texts[0]);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(texts[1]);
            if (authorities.Count == 0 || chain.Count == 0) throw Unusable("a file without a certificate", null);
            chain.RemoveAt(0);
            return new CertificateFolder(X509Certificate2.CreateFromPem(texts[1], texts[2]), chain, authorities);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw Unusable("a file that is no PEM, or a key that does not belong to the certificate", e);
        }
    }

    private static string Text(string folder, string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable($"no readable {name}", e);
        }
    }

    private static RefusalException Unusable(string found, Exception? cause) => new("TLS-FILES", found,
        "ca.crt, tls.crt and tls.key in PEM in the TLS folder", "see docs/security.md", cause);
}
