using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Ivim.Hosting.Api;

namespace Ivim.Cli.Tests.Remote;

/// <summary>A real HTTP listener on this machine that answers what the test lets it.</summary>
internal sealed class ScriptedServer : IDisposable
{
    public const string Token = "the-token-of-the-tests";

    private readonly ConcurrentDictionary<string, ConcurrentQueue<(int Status, string Body)>> _answers = [];
    private HttpListener _listener;

    public ScriptedServer()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        }
        _listener = Start();
    }

    public string Url { get; }

    /// <summary>Method, path, `Authorization` and body of each request.</summary>
    public ConcurrentQueue<(string Call, string? Authorization, string Body)> Requests { get; } = [];

    /// <summary>What is done after an answer; gets the number of requests so far.</summary>
    public Action<int> AfterAnswer { get; set; } = _ => { };

    public static StudyView View(string phase) => new()
    {
        Study = "st-1",
        Protocol = "abc",
        Phase = phase,
        Stages = [new StageView("prepare", 1, 1, 0, 1), new StageView("train", 4, 2, 1, 0.625)],
        Maps = new Dictionary<string, MapView>(),
        Failure = null,
        Warnings = [],
    };

    /// <summary>The answers to a call, one after the other; the last one stays.</summary>
    public ScriptedServer On(string call, params object[] answers)
    {
        var queue = _answers.GetOrAdd(call, _ => []);
        foreach (var answer in answers)
            queue.Enqueue(answer is ValueTuple<int, string> raw ? raw : (200, Text(answer)));
        return this;
    }

    public static (int Status, string Body) Problem(int status, string code) =>
        (status, Text(new { status, code, detail = $"{code}: found this; expected that; do something." }));

    public void Stop() => _listener.Close();

    public void StartAgain() => _listener = Start();

    public void Dispose() => _listener.Close();

    private static string Text(object value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

    private HttpListener Start()
    {
        var listener = new HttpListener();
        listener.Prefixes.Add(Url);
        listener.Start();
        _ = Task.Run(() => ServeAsync(listener));
        return listener;
    }

    private async Task ServeAsync(HttpListener listener)
    {
        try
        {
            while (true) await AnswerAsync(await listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Stopped by the test.
        }
    }

    private async Task AnswerAsync(HttpListenerContext http)
    {
        using var reader = new StreamReader(http.Request.InputStream);
        var call = $"{http.Request.HttpMethod} {http.Request.Url!.AbsolutePath}";
        Requests.Enqueue((call, http.Request.Headers["Authorization"], await reader.ReadToEndAsync()));
        var (status, body) = Next(call);
        var bytes = Encoding.UTF8.GetBytes(body);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.KeepAlive = false;
        await http.Response.OutputStream.WriteAsync(bytes);
        http.Response.Close();
        AfterAnswer(Requests.Count);
    }

    private (int Status, string Body) Next(string call)
    {
        if (!_answers.TryGetValue(call, out var queue)) return Problem(404, "ADDRESS-UNKNOWN");
        queue.TryPeek(out var answer);
        if (queue.Count > 1) queue.TryDequeue(out answer);
        return answer;
    }
}
