using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Ivim.Cli.CommandLine;
using Ivim.Hosting.Api;

namespace Ivim.Cli.Remote;

/// <summary>The HTTP API of a server, version 1.</summary>
internal sealed class StudyServer : IDisposable
{
    private const string Studies = "api/v1/studies";

    private const int ItemsOnPage = 1000;

    /// <summary>A submission is answered when the server has read every source file.</summary>
    private static readonly TimeSpan SubmitTime = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly ServerAddress _address;
    private Uri _url;

    /// <exception cref="Ivim.Physics.RefusalException">SERVER-URL, CLUSTER-UNKNOWN.</exception>
    public StudyServer(ServerAddress address)
    {
        _address = address;
        _url = address.Urls()[0];
        // A redirection could carry the token elsewhere, and a proxy knows nothing of this machine's loopback.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = !_url.IsLoopback };
        if (address.Trust is { } trust)
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, chain, _) => trust.Believes(
                shown as X509Certificate2, chain?.ChainPolicy.ExtraStore ?? [], _url.DnsSafeHost);
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", address.Token);
    }

    public Task<StudyReceipt> SubmitAsync(StudyRequest request, CancellationToken cancellation) =>
        SendAsync<StudyReceipt>(HttpMethod.Post, Studies, () => JsonContent.Create(request), SubmitTime, cancellation);

    public Task<StudyView> ViewAsync(string study, CancellationToken cancellation) =>
        SendAsync<StudyView>(HttpMethod.Get, AddressOf(study), null, AnswerTime, cancellation);

    public Task<StudyList> ListAsync(CancellationToken cancellation) =>
        SendAsync<StudyList>(HttpMethod.Get, Studies, null, AnswerTime, cancellation);

    public Task<ClusterView> ClusterAsync(CancellationToken cancellation) =>
        SendAsync<ClusterView>(HttpMethod.Get, "api/v1/cluster", null, AnswerTime, cancellation);

    public Task<StudyView> CancelAsync(string study, CancellationToken cancellation) =>
        SendAsync<StudyView>(HttpMethod.Post, AddressOf(study) + "/cancel", null, AnswerTime, cancellation);

    public Task<StudyView> RetryAsync(string study, CancellationToken cancellation) =>
        SendAsync<StudyView>(HttpMethod.Post, AddressOf(study) + "/retry", null, AnswerTime, cancellation);

    /// <summary>Every item, page after page.</summary>
    /// <param name="state">Only those of this state; null for all.</param>
    public async Task<IReadOnlyList<ItemView>> ItemsAsync(
        string study, string? state, CancellationToken cancellation)
    {
        var items = new List<ItemView>();
        for (int? from = 0; from is { } first;)
        {
            var query = $"/items?from={first}&most={ItemsOnPage}&state={Uri.EscapeDataString(state ?? "")}";
            var page = await SendAsync<ItemPage>(
                HttpMethod.Get, AddressOf(study) + query, null, AnswerTime, cancellation);
            items.AddRange(page.Items);
            from = page.Next;
        }
        return items;
    }

    public void Dispose() => _http.Dispose();

    private static string AddressOf(string study) => $"{Studies}/{Uri.EscapeDataString(study)}";

    /// <summary>
    /// From the server that answered last, or from any other one that knows the same studies. A submission that is
    /// made twice is one.
    /// </summary>
    internal async Task<T> SendAsync<T>(HttpMethod method, string address, Func<HttpContent>? content, TimeSpan time,
        CancellationToken cancellation)
    {
        ServerException? first = null;
        var tried = new HashSet<Uri>();
        while (true)
        {
            try
            {
                return await SendOnceAsync<T>(method, address, content, time, cancellation);
            }
            catch (ServerException e) when (e.IsPassing)
            {
                first ??= e;
            }
            tried.Add(_url);
            _url = _address.Urls().FirstOrDefault(url => !tried.Contains(url)) ?? throw first;
        }
    }

    private async Task<T> SendOnceAsync<T>(HttpMethod method, string address, Func<HttpContent>? content, TimeSpan time,
        CancellationToken cancellation)
    {
        var root = _url.AbsoluteUri;
        using var request = new HttpRequestMessage(method, new Uri((root.EndsWith('/') ? root : root + "/") + address))
        {
            Content = content?.Invoke(),
        };
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timed.CancelAfter(time);
        try
        {
            using var answer = await _http.SendAsync(request, timed.Token);
            if (!answer.IsSuccessStatusCode) throw await RefusalAsync(answer, timed.Token);
            return await answer.Content.ReadFromJsonAsync<T>(timed.Token) ?? throw Strange(answer.StatusCode);
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || e is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            throw Unreachable;
        }
        catch (JsonException)
        {
            throw Strange(HttpStatusCode.OK);
        }
    }

    /// <summary>What the server says, as it says it.</summary>
    private static async Task<ServerException> RefusalAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation);
            if (problem.TryGetProperty("code", out var code) && problem.TryGetProperty("detail", out var line))
                return new ServerException(
                    new Failure(code.GetString() ?? "", line.GetString() ?? "", ExitCodeOf(answer.StatusCode)),
                    answer.StatusCode == HttpStatusCode.ServiceUnavailable);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
        }
        return Strange(answer.StatusCode);
    }

    private static ExitCode ExitCodeOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.MisdirectedRequest or HttpStatusCode.TooManyRequests
            or HttpStatusCode.ServiceUnavailable => ExitCode.Environment,
        HttpStatusCode.InternalServerError => ExitCode.FailedWork,
        _ => ExitCode.BadInput,
    };

    private static ServerException Unreachable => new(new Failure("SERVER-UNREACHABLE",
        "SERVER-UNREACHABLE: found no answer from the server; expected one; "
        + "see that it runs and that --server or --work names it.", ExitCode.Environment), isPassing: true);

    /// <summary>Something between us and the server may answer for it while it restarts.</summary>
    private static ServerException Strange(HttpStatusCode status) => new(new Failure("SERVER-STRANGE",
        $"SERVER-STRANGE: found an answer that is none of this API (HTTP {(int)status}); expected an ivim server; "
        + "correct --server.", ExitCode.Environment), isPassing: (int)status >= 500);
}
