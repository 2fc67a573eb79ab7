using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Ivim.Domain.Protocols;
using Ivim.Hosting.Api;
using Ivim.Hosting.Security;
using Ivim.Hosting.Tests.Api;
using Ivim.Hosting.Tests.Security;

namespace Ivim.Hosting.Tests.Nodes;

/// <summary>Certificates of whole processes: one seed and one worker with TLS between them and for the API.</summary>
public sealed class RenewalTests
{
    /// <summary>Bounds are for a machine whose cores are all busy with other tests.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(4);

    /// <summary>Two narrow networks that are looked at 12 times each; the worker makes each look last 2 s.</summary>
    private static readonly Protocol Training = new()
    {
        Slabs = new SlabRules { Slices = 2, Halo = 1 },
        Ensemble = new EnsembleRules { Members = 2, OutlierLossFactor = 1000 },
        Network = new NetworkRules
        {
            Convolution1 = 4, Convolution2 = 4, LstmHidden = 4, AttentionHeads = 2, HeadHidden = 8, PrincipalScores = 3,
        },
        Training = new TrainingRules { Steps = 60, SampleVoxels = 100, BatchVoxels = 32, EvaluateEverySteps = 10 },
    };

    [Fact]
    public async Task A_certificate_renewed_during_a_training_costs_no_work()
    {
        using var folder = new TemporaryFolder();
        using var authority = new TestAuthority();
        var (tls, history) = (folder["tls"], folder["history"]);
        authority.Issue(tls);
        int port = FreePorts.Next();
        string seeds = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        var api = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{FreePorts.Next()}"));
        string[] both = ["--seeds", seeds, "--tls", tls, "--history", history];
        using var seed = Programs.Start("Seed", folder["work"], "seed",
            [.. both, "--port", port.ToString(CultureInfo.InvariantCulture), "--api", api.AbsoluteUri.TrimEnd('/')]);
        using var worker = Programs.StartWith([("IVIM_TEST_SLOW", "2000")], "Worker", folder["work"], "worker",
            [.. both, "--port", "0", "--slots", "1", "--device", "cpu"]);
        await seed.SaysAsync("member up: worker", 1, Long);
        using var client = Client(api, tls);

        var study = await SubmitAsync(client, folder["scan"]);
        await EventuallyAsync(() => Facts(history, "started").Any(IsTraining));
        authority.Issue(tls);
        await seed.SaysAsync("left the cluster (CertificateChanged)", 1, Long);
        // Where the seed takes its turn first, the worker may be cut off before its own: either way it starts anew.
        await worker.SaysAsync("left the cluster (", 1, Long);
        Assert.DoesNotContain(Facts(history, "published"), _ => true);
        await EventuallyAsync(() => Facts(history, "published").Count > 0);

        // Each training was begun once and run through: no lease of it was lost, none was taken up again.
        Assert.All(Facts(history, "started").Where(IsTraining).GroupBy(KeyOf), runs => Assert.Single(runs));
        Assert.DoesNotContain(Facts(history, "resumed"), _ => true);
        Assert.DoesNotContain(Facts(history, "ended").Where(IsTraining),
            fact => fact.GetProperty("cause").GetString() != "result");
        Assert.Equal(study, Facts(history, "published").Single().GetProperty("study").GetString());
    }

    [Theory]
    [InlineData("Seed")]
    [InlineData("Worker", "--seeds", "127.0.0.1:9")]
    public async Task A_node_with_an_expired_certificate_does_not_start(string role, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        using var authority = new TestAuthority();
        var tls = authority.Issue(
            folder["tls"], "ivim", TestAuthority.Now.AddDays(-2), TestAuthority.Now.AddDays(-1));
        using var node = Programs.Start(role, folder["work"], "node", [.. arguments, "--tls", tls, "--port", "0"]);
        var (code, errors) = await node.EndAsync(Long);

        Assert.Equal(4, code);
        Assert.Matches("^TLS-EXPIRED: [^\n]*\n$", errors);
    }

    private static async Task<string> SubmitAsync(HttpClient client, string folder)
    {
        var request = SmallStudy.Write(folder) with
        {
            Protocol = JsonSerializer.Deserialize<JsonElement>(ProtocolJson.Write(Training)),
        };
        string? study = null;
        await EventuallyAsync(async () =>
        {
            using var answer = await client.PostAsJsonAsync("/api/v1/studies", request);
            var body = await answer.Content.ReadAsStringAsync();
            bool isEarly = answer.StatusCode == HttpStatusCode.ServiceUnavailable
                || body.Contains("NO-WORKERS", StringComparison.Ordinal);
            if (isEarly) return false;
            Assert.True(answer.IsSuccessStatusCode, body);
            study = JsonSerializer.Deserialize<StudyReceipt>(body, JsonSerializerOptions.Web)!.Study;
            return true;
        });
        return study!;
    }

    private static HttpClient Client(Uri api, string tls)
    {
        var trust = ServerTrust.FromFile(Path.Combine(tls, "ca.crt"), TimeProvider.System);
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, chain, _) =>
            trust.Believes(shown as X509Certificate2, chain?.ChainPolicy.ExtraStore ?? [], api.Host);
        var client = new HttpClient(handler) { BaseAddress = api };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Programs.Token);
        return client;
    }

    private static Task EventuallyAsync(Func<bool> isSo) => EventuallyAsync(() => Task.FromResult(isSo()));

    private static async Task EventuallyAsync(Func<Task<bool>> isSo)
    {
        using var deadline = new CancellationTokenSource(Long);
        while (!await isSo()) await Task.Delay(200, deadline.Token);
    }

    private static bool IsTraining(JsonElement fact) =>
        fact.GetProperty("item").GetString()!.StartsWith("train", StringComparison.Ordinal);

    private static string KeyOf(JsonElement fact) => fact.GetProperty("key").GetString()!;

    /// <summary>Of all nodes; a line that is being written is left for the next look.</summary>
    private static List<JsonElement> Facts(string history, string kind) =>
    [
        .. Directory.EnumerateFiles(history, "*.jsonl").SelectMany(File.ReadAllLines)
            .Where(line => line.EndsWith('}')).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(fact => fact.GetProperty("fact").GetString() == kind),
    ];
}
