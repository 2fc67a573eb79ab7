using Ivim.Hosting.Security;
using Ivim.Physics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Ivim.Hosting.Nodes;

/// <summary>The place where a seed's HTTP API listens.</summary>
internal static class ApiListener
{
    /// <param name="tls">
    /// The folder of the node's certificate, read now: a renewed one is taken up with the next actor system.
    /// </param>
    /// <exception cref="RefusalException">TLS-FILES.</exception>
    public static void ListenOn(this IWebHostBuilder web, Uri api, string? tls)
    {
        web.UseKestrelCore().UseUrls(api.AbsoluteUri.TrimEnd('/'));
        if (api.Scheme != Uri.UriSchemeHttps) return;
        var files = CertificateFolder.Read(tls!);
        web.UseKestrelHttpsConfiguration();
        web.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https =>
        {
            https.ServerCertificate = files.Certificate;
            https.ServerCertificateChain = files.Intermediates;
            https.ClientCertificateMode = ClientCertificateMode.NoCertificate;
        }));
    }
}
