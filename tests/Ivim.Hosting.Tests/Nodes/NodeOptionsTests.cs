using Ivim.Hosting.Nodes;
using Ivim.Physics;

namespace Ivim.Hosting.Tests.Nodes;

public sealed class NodeOptionsTests
{
    private static readonly string[] Worker = ["--work", "/tmp/work", "--seeds", "127.0.0.1:4053"];

    [Fact]
    public void The_command_line_wins_over_the_environment_and_that_over_the_file()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "settings.json");
        File.WriteAllText(file,
            """{"Logging": {}, "Ivim": {"Lease": 11, "CutOff": "12", "Grace": 13, "Api": "http://[::1]:1"}}""");
        var options = Read([.. Worker, "--settings", file, "--lease=31"],
            ("IVIM_LEASE", "21"), ("IVIM_CUT_OFF", "22"), ("IVIM_UNKNOWN", "x"));

        Assert.Equal(31, options.Lease.TotalSeconds);
        Assert.Equal(22, options.CutOff.TotalSeconds);
        Assert.Equal(13, options.Grace.TotalSeconds);
    }

    [Fact]
    public void Quick_times_are_defaults_and_no_more()
    {
        var options = Read([.. Worker, "--timings", "quick", "--lease", "9"]);

        Assert.Equal((9, 0.5, 3.0, 4.0, 3.0), (options.Lease.TotalSeconds, options.Heartbeat.TotalSeconds,
            options.HeartbeatPause.TotalSeconds, options.StableAfter.TotalSeconds, options.CutOff.TotalSeconds));
        Assert.Equal(30, Read(Worker).Lease.TotalSeconds);
    }

    [Theory]
    [InlineData("USAGE", "--leese", "3")]
    [InlineData("USAGE", "lease")]
    [InlineData("USAGE", "--lease")]
    [InlineData("USAGE", "--lease", "3", "--lease", "4")]
    [InlineData("USAGE", "--journal", "x.db")]
    [InlineData("NODE-SETTING", "--lease", "0")]
    [InlineData("NODE-SETTING", "--lease", "NaN")]
    [InlineData("NODE-SETTING", "--lease", "1e400")]
    [InlineData("NODE-SETTING", "--lease", "many")]
    [InlineData("NODE-SETTING", "--lease", "4")]
    [InlineData("NODE-SETTING", "--port", "65536")]
    [InlineData("NODE-SETTING", "--port", "1.5")]
    [InlineData("NODE-SETTING", "--slots", "0")]
    [InlineData("NODE-SETTING", "--device", "tpu")]
    [InlineData("NODE-SETTING", "--timings", "slow")]
    [InlineData("NODE-SETTING", "--host", "a b")]
    [InlineData("NODE-SETTING", "--heartbeat", "3")]
    [InlineData("NODE-SETTING", "--settings", "/nowhere/settings.json")]
    [InlineData("TLS-REQUIRED", "--host", "10.0.0.1")]
    [InlineData("TLS-REQUIRED", "--bind", "0.0.0.0")]
    [InlineData("NODE-CONTRADICTION", "--tls", "/tls", "--insecure")]
    public void What_cannot_be_meant_is_refused_in_one_line(string code, params string[] arguments)
    {
        var refusal = Assert.Throws<RefusalException>(() => Read([.. Worker, .. arguments]));

        Assert.Equal(code, refusal.Code);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Equal(2, NodeFailure.Of(refusal).ExitCode);
    }

    [Theory]
    [InlineData("NODE-SETTING", "--seeds", "127.0.0.1:4053")]
    [InlineData("NODE-SETTING", "--work", "/tmp/work")]
    [InlineData("NODE-SETTING", "--work", "/tmp/work", "--seeds", "127.0.0.1")]
    [InlineData("NODE-SETTING", "--work", "/tmp/work", "--seeds", "a:1,a:1")]
    public void A_worker_needs_its_work_folder_and_seeds(string code, params string[] arguments) =>
        Assert.Equal(code, Assert.Throws<RefusalException>(() => Read(arguments)).Code);

    [Theory]
    [InlineData("USAGE", "--token", "0123456789abcdef")]
    [InlineData("USAGE", "--journal", "postgres://u:pa55@h/d")]
    [InlineData("USAGE", "--slots", "2")]
    [InlineData("NODE-CONTRADICTION", "--journal", "a.db", "--journal-file", "b")]
    [InlineData("NODE-CONTRADICTION", "--seeds", "127.0.0.1:4053", "--port", "0")]
    [InlineData("JOURNAL-ADDRESS", "--journal", "mysql://u@h/d")]
    [InlineData("NODE-SETTING", "--journal-file", "/nowhere/url")]
    [InlineData("NODE-SETTING", "--api", "ftp://127.0.0.1")]
    [InlineData("NODE-SETTING", "--api", "https://127.0.0.1:8053")]
    [InlineData("API-EXPOSED", "--api", "http://0.0.0.0:8053")]
    [InlineData("API-EXPOSED", "--api", "http://[::]:8053")]
    [InlineData("API-EXPOSED", "--api", "http://ivim.example.org", "--tls", "/tls")]
    [InlineData("API-UNGUARDED")]
    [InlineData("API-UNGUARDED", "--api", "https://0.0.0.0:8053", "--tls", "/tls")]
    public void A_seed_takes_no_secret_from_the_command_line_and_no_contradiction(
        string code, params string[] arguments)
    {
        var refusal = Assert.Throws<RefusalException>(
            () => NodeOptionsReader.Read(NodeRoles.Seed, ["--work", "/tmp/work", .. arguments], _ => null));

        Assert.Equal(code, refusal.Code);
        Assert.DoesNotContain("pa55", refusal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--api", "off")]
    [InlineData("--api", "off", "--host", "10.0.0.1", "--insecure")]
    public void A_seed_without_an_API_needs_no_token(params string[] arguments) =>
        Assert.Null(NodeOptionsReader.Read(NodeRoles.Seed, ["--work", "/tmp/work", .. arguments], _ => null).Api);

    [Theory]
    [InlineData("http://[::1]:8053")]
    [InlineData("http://localhost:8053")]
    [InlineData("http://0.0.0.0:8053", "--insecure")]
    [InlineData("http://0.0.0.0:8053", "--insecure", "--tls", "/tls")]
    [InlineData("https://0.0.0.0:8053", "--tls", "/tls")]
    public void The_token_may_travel_on_loopback_under_TLS_or_where_the_network_is_trusted(
        string api, params string[] arguments) =>
        Assert.Equal(new Uri(api), NodeOptionsReader.Read(NodeRoles.Seed,
            ["--work", "/tmp/work", "--api", api, .. arguments],
            name => name == "IVIM_TOKEN" ? "0123456789abcdef" : null).Api);

    [Fact]
    public void A_key_of_the_file_that_is_none_of_the_settings_is_refused()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "settings.json");
        File.WriteAllText(file, """{"Ivim": {"Leese": 11}}""");

        Assert.Equal("NODE-SETTING",
            Assert.Throws<RefusalException>(() => Read([.. Worker, "--settings", file])).Code);
    }

    [Fact]
    public void Secrets_come_from_files_or_the_environment_and_are_not_printed()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "url");
        File.WriteAllText(file, "postgres://u:pa55@h/d\n");
        var options = NodeOptionsReader.Read(NodeRoles.Seed, ["--work", "/tmp/work", "--journal-file", file],
            name => name == "IVIM_TOKEN" ? "0123456789abcdef" : null);

        Assert.Equal("postgres://u:pa55@h/d", options.Journal);
        Assert.Equal("0123456789abcdef", options.Token);
        Assert.DoesNotContain("pa55", options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_file_may_have_a_line_for_each_role_and_a_journal_file_has_one()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["lines"], "viewer 0123456789abcdef\n\noperator abcdef0123456789\n");
        var options = NodeOptionsReader.Read(
            NodeRoles.Seed, ["--work", "/tmp/work", "--token-file", folder["lines"]], _ => null);
        Assert.Equal("viewer 0123456789abcdef\noperator abcdef0123456789", options.Token);
        Assert.Throws<RefusalException>(() => NodeOptionsReader.Read(
            NodeRoles.Seed, ["--work", "/tmp/work", "--journal-file", folder["lines"]], _ => null));
    }

    private static NodeOptions Read(string[] arguments, params (string Name, string Value)[] environment) =>
        NodeOptionsReader.Read(NodeRoles.Worker, arguments,
            name => environment.FirstOrDefault(pair => pair.Name == name).Value);
}
