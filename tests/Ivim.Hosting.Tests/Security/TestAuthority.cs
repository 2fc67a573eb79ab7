using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ivim.Hosting.Tests.Security;

/// <summary>A private authority of one test, and what it issues.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    public TestAuthority(string name = "Ivim test authority")
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        _certificate = request.CreateSelfSigned(Now.AddYears(-2), Now.AddYears(2));
    }

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public string Pem => _certificate.ExportCertificatePem();

    /// <summary>Fills a folder as cert-manager does.</summary>
    /// <param name="dnsNames">None: the name stands in the common name only.</param>
    public string Issue(string folder, string commonName, DateTimeOffset from, DateTimeOffset until,
        params string[] dnsNames)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={commonName}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        if (dnsNames.Length > 0)
        {
            var names = new SubjectAlternativeNameBuilder();
            foreach (var name in dnsNames) names.AddDnsName(name);
            request.CertificateExtensions.Add(names.Build());
        }
        using var issued = request.Create(_certificate, from, until, RandomNumberGenerator.GetBytes(8));
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "ca.crt"), Pem);
        File.WriteAllText(Path.Combine(folder, "tls.crt"), issued.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "tls.key"), key.ExportPkcs8PrivateKeyPem());
        return folder;
    }

    public string Issue(string folder, string commonName = "ivim", params string[] dnsNames) =>
        Issue(folder, commonName, Now.AddHours(-1), Now.AddDays(1), dnsNames);

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }
}
