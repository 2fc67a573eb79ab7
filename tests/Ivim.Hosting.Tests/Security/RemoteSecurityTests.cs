using Ivim.Hosting.Security;
using Ivim.Physics;

namespace Ivim.Hosting.Tests.Security;

public sealed class RemoteSecurityTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("ivim")]
    [InlineData("IVIM")]
    [InlineData("worker-7.ivim.svc")]
    public void The_pinned_name_may_be_the_common_name_or_a_dns_name(string subject) =>
        Assert.NotNull(Load(_authority.Issue(_folder.Path, "ivim", "other", "worker-7.ivim.svc"), subject));

    [Theory]
    [InlineData("iv")]
    [InlineData("ivim.evil")]
    [InlineData("svc")]
    public void A_part_of_the_name_or_more_than_it_is_another_name(string subject) =>
        Refused("TLS-SUBJECT", () => Load(_authority.Issue(_folder.Path, "ivim", "ivim.svc"), subject));

    [Fact]
    public void A_wildcard_names_nobody() =>
        Refused("TLS-SUBJECT", () => Load(_authority.Issue(_folder.Path, "any", "*.svc"), "ivim.svc"));

    [Fact]
    public void A_certificate_that_has_ended_or_not_begun_is_refused()
    {
        var now = TestAuthority.Now;
        Refused("TLS-EXPIRED", () => Load(_authority.Issue(_folder.Path, "ivim", now.AddDays(-3), now.AddDays(-2))));
        Refused("TLS-EXPIRED", () => Load(_authority.Issue(_folder.Path, "ivim", now.AddDays(2), now.AddDays(3))));
    }

    [Fact]
    public void A_certificate_of_another_authority_is_refused_even_with_the_same_name()
    {
        using var foreign = new TestAuthority();
        foreign.Issue(_folder.Path);
        File.WriteAllText(_folder["ca.crt"], _authority.Pem);
        Refused("TLS-FOREIGN", () => Load(_folder.Path));
    }

    [Fact]
    public void While_an_authority_is_replaced_both_may_stand_in_the_file()
    {
        using var next = new TestAuthority("The next one");
        _authority.Issue(_folder.Path);
        File.WriteAllText(_folder["ca.crt"], next.Pem + "\n" + _authority.Pem);
        Assert.NotNull(Load(_folder.Path));
    }

    [Theory]
    [InlineData("ca.crt")]
    [InlineData("tls.crt")]
    [InlineData("tls.key")]
    public void A_file_that_is_away_or_no_PEM_is_refused_in_one_line_without_a_path(string name)
    {
        _authority.Issue(_folder.Path);
        File.WriteAllText(_folder[name], "not a certificate");
        var refusal = Refused("TLS-FILES", () => Load(_folder.Path));
        File.Delete(_folder[name]);
        Refused("TLS-FILES", () => Load(_folder.Path));
        Assert.DoesNotContain(_folder.Path, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void A_key_of_another_certificate_is_refused()
    {
        _authority.Issue(_folder.Path);
        var kept = File.ReadAllText(_folder["tls.key"]);
        _authority.Issue(_folder.Path);
        File.WriteAllText(_folder["tls.key"], kept);
        Refused("TLS-FILES", () => Load(_folder.Path));
    }

    [Fact]
    public void The_first_of_a_chain_is_the_node_itself()
    {
        _authority.Issue(_folder.Path);
        File.AppendAllText(_folder["tls.crt"], "\n" + _authority.Pem);
        Assert.NotNull(Load(_folder.Path));
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    private static RemoteSecurity Load(string folder, string subject = "ivim") =>
        RemoteSecurity.Load(folder, subject, TimeProvider.System);

    private static RefusalException Refused(string code, Func<RemoteSecurity> load)
    {
        var refusal = Assert.Throws<RefusalException>(load);
        Assert.Equal(code, refusal.Code);
        return refusal;
    }
}
