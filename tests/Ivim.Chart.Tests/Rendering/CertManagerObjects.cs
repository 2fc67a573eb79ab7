using k8s;
using k8s.Models;

namespace Ivim.Chart.Tests.Rendering;

/// <summary>The parts of cert-manager's objects (API cert-manager.io/v1) that the chart uses.</summary>
internal static class CertManagerObjects
{
    public static Dictionary<string, Type> Types { get; } = new()
    {
        ["cert-manager.io/v1/Certificate"] = typeof(Certificate), ["cert-manager.io/v1/Issuer"] = typeof(Issuer),
    };
}

/// <summary>Has cert-manager keep a secret with `ca.crt`, `tls.crt` and `tls.key`.</summary>
internal sealed class Certificate : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public V1ObjectMeta Metadata { get; set; } = new();

    public CertificateSpec Spec { get; set; } = new();
}

internal sealed class CertificateSpec
{
    public string SecretName { get; set; } = "";

    public string CommonName { get; set; } = "";

    public List<string> DnsNames { get; set; } = [];

    public List<string> Usages { get; set; } = [];

    public bool IsCA { get; set; }

    public string Duration { get; set; } = "";

    public string RenewBefore { get; set; } = "";

    public PrivateKey PrivateKey { get; set; } = new();

    public IssuerReference IssuerRef { get; set; } = new();
}

internal sealed class PrivateKey
{
    public string Algorithm { get; set; } = "";

    public int Size { get; set; }

    public string Encoding { get; set; } = "";

    public string RotationPolicy { get; set; } = "";
}

internal sealed class IssuerReference
{
    public string Name { get; set; } = "";

    public string Kind { get; set; } = "";

    public string Group { get; set; } = "";
}

/// <summary>Signs with itself, or with the authority of a secret.</summary>
internal sealed class Issuer : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "";

    public string Kind { get; set; } = "";

    public V1ObjectMeta Metadata { get; set; } = new();

    public IssuerSpec Spec { get; set; } = new();
}

internal sealed class IssuerSpec
{
    public Dictionary<string, string>? SelfSigned { get; set; }

    public AuthoritySecret? Ca { get; set; }
}

internal sealed class AuthoritySecret
{
    public string SecretName { get; set; } = "";
}
