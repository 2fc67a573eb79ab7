using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Ivim.Hosting.Journals;
using Ivim.Hosting.Nodes;
using Ivim.Hosting.Security;
using Ivim.Hosting.Tests.Security;

namespace Ivim.Hosting.Tests.Nodes;

public sealed class SecuredApiTests
{
    [Fact]
    public async Task The_API_over_https_shows_the_node_s_certificate_and_asks_for_none()
    {
        using var folder = new TemporaryFolder();
        using var authority = new TestAuthority();
        using var foreign = new TestAuthority();
        var tls = authority.Issue(folder["tls"]);
        var api = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{FreePorts.Next()}"));
        var options = NodeOptionsReader.Read(NodeRoles.Seed,
            ["--work", folder["work"], "--port", "0", "--tls", tls, "--api", api.AbsoluteUri.TrimEnd('/')],
            name => name == "IVIM_TOKEN" ? Programs.Token : null);
        using var work = WorkFolder.OpenShared(options.Work);
        var log = new NodeLog(folder["log"], TimeProvider.System);
        var seed = new SeedNode(options, work, new SqliteJournal(work.Journal), log, history: null);
        var node = await seed.StartAsync(last: null, CancellationToken.None);

        Assert.Equal(HttpStatusCode.OK, await AskAsync(api, Path.Combine(tls, "ca.crt")));
        await Assert.ThrowsAsync<HttpRequestException>(
            () => AskAsync(api, Path.Combine(foreign.Issue(folder["foreign"]), "ca.crt")));
        await node.EndAsync();
    }

    [Fact]
    public void Believed_is_the_authority_with_the_host_s_name_or_the_nodes_one()
    {
        using var folder = new TemporaryFolder();
        using var authority = new TestAuthority();
        using var foreign = new TestAuthority();
        authority.Issue(folder["any"]);
        var trust = ServerTrust.FromFile(Path.Combine(folder["any"], "ca.crt"), TimeProvider.System);

        Assert.True(Believes(authority.Issue(folder["node"])));
        Assert.True(Believes(authority.Issue(folder["named"], "x", "ivim.example.org")));
        Assert.False(Believes(authority.Issue(folder["other"], "x", "other.example.org")));
        Assert.False(Believes(foreign.Issue(folder["foreign"], "ivim", "ivim.example.org")));
        Assert.False(Believes(authority.Issue(
            folder["old"], "ivim", TestAuthority.Now.AddDays(-2), TestAuthority.Now.AddDays(-1))));

        bool Believes(string tls)
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(tls, "tls.crt"));
            return trust.Believes(certificate, [], "ivim.example.org");
        }
    }

    private static async Task<HttpStatusCode> AskAsync(Uri api, string authority)
    {
        var trust = ServerTrust.FromFile(authority, TimeProvider.System);
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, chain, _) =>
            trust.Believes(shown as X509Certificate2, chain?.ChainPolicy.ExtraStore ?? [], api.Host);
        using var client = new HttpClient(handler);
        using var answer = await client.GetAsync(new Uri(api, "/healthz/live"));
        return answer.StatusCode;
    }
}
