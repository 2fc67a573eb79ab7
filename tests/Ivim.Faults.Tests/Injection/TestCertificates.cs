using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ivim.Faults.Tests.Injection;

/// <summary>An authority of the test's own, and folders of certificates as nodes take them.</summary>
internal sealed class TestCertificates : IDisposable
{
    private const string PinnedName = "ivim";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _authority;

    public TestCertificates()
    {
        var request = new CertificateRequest("CN=ivim test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _authority = request.CreateSelfSigned(Now.AddDays(-10), Now.AddDays(10));
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public void Dispose()
    {
        _authority.Dispose();
        _key.Dispose();
    }

    /// <summary>`ca.crt`, `tls.crt` and `tls.key` in a folder; written again, they are another certificate.</summary>
    /// <param name="name">The subject, and the name it is valid for.</param>
    public string Write(string folder, string name = PinnedName, bool isExpired = false)
    {
        Directory.CreateDirectory(folder);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Issue(key, name, isExpired);
        WriteWhole(Path.Combine(folder, "ca.crt"), _authority.ExportCertificatePem());
        WriteWhole(Path.Combine(folder, "tls.key"), key.ExportPkcs8PrivateKeyPem());
        WriteWhole(Path.Combine(folder, "tls.crt"), certificate.ExportCertificatePem());
        File.SetUnixFileMode(Path.Combine(folder, "tls.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return folder;
    }

    private X509Certificate2 Issue(ECDsa key, string name, bool isExpired)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, false));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var (from, to) = isExpired ? (Now.AddDays(-9), Now.AddDays(-1)) : (Now.AddDays(-1), Now.AddDays(9));
        return request.Create(_authority, from, to, RandomNumberGenerator.GetBytes(8));
    }

    private static void WriteWhole(string file, string text)
    {
        File.WriteAllText(file + ".next", text);
        File.Move(file + ".next", file, overwrite: true);
    }
}
