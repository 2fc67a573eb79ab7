using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Ivim.Actors.Artifacts;
using Ivim.Actors.Stages;
using Ivim.Actors.Work;
using Ivim.Domain.Work;
using Ivim.Hosting.Api;
using Ivim.Hosting.Cohorts;
using Ivim.Hosting.Intake;
using Ivim.Hosting.Journals;
using Ivim.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using AkkaCluster = Akka.Cluster.Cluster;

namespace Ivim.Hosting.Tests.Api;

/// <summary>
/// A cluster of one node with real actors, a SQLite journal and workers, behind the real server on a free port.
/// </summary>
internal sealed class ServedStudies : IAsyncDisposable
{
    /// <summary>May do all; the other two may do less.</summary>
    public const string Token = "a-token-for-the-tests-only", OperatorToken = "a-token-of-an-operator",
        ViewerToken = "a-token-of-a-viewer";

    /// <summary>Only a hang takes so long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly WebApplication _app;
    private readonly int _workers;

    private ServedStudies(WebApplication app, string folder, KeptLog log, int workers)
    {
        (_app, Folder, Log, _workers) = (app, folder, log, workers);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!
            .Addresses.First());
        Client = new HttpClient { BaseAddress = Address };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public string Folder { get; }

    public Uri Address { get; }

    /// <summary>Has the token.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public string Journal => Path.Combine(Folder, "journal.db");

    public KeptLog Log { get; }

    /// <param name="folder">The work folder.</param>
    /// <param name="classes">The numeric class of each worker.</param>
    public static async Task<ServedStudies> StartAsync(
        string folder, string[] classes, Func<ApiSettings, ApiSettings>? change = null)
    {
        Directory.CreateDirectory(folder);
        var store = new FolderArtifactStore(Path.Combine(folder, "artifacts"));
        var dossiers = new DossierFolder(Path.Combine(folder, "dossiers"));
        var cohorts = new CohortFolder(Path.Combine(folder, "cohorts"));
        var journal = new SqliteJournal(Path.Combine(folder, "journal.db"));
        journal.Initialise();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var log = new KeptLog();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Information).AddProvider(log);
        builder.Services.AddAkka(IvimAkka.SystemName, akka => Compose(akka, journal, classes, store, dossiers)
            .WithCohorts(cohorts, store, dossiers, new InputFolder(folder), rememberEntities: false,
                TimeSpan.FromMilliseconds(200)));
        var tokens = ApiTokens.FromText($"admin {Token}\noperator {OperatorToken}\nviewer {ViewerToken}\n");
        var settings = new ApiSettings { RoleOf = tokens.RoleOf };
        builder.Services.AddIvimApi(change is null ? settings : change(settings), store, dossiers, cohorts,
            new WorkFolderView(folder, journal));
        var app = builder.Build();
        app.MapIvimApi();
        await app.StartAsync();
        return new ServedStudies(app, folder, log, classes.Length);
    }

    /// <summary>Ready, and its workers have asked for work: a submission that names no class takes theirs.</summary>
    public async Task AwaitReadyAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!(await Client.GetAsync("/healthz/ready", patience.Token)).IsSuccessStatusCode)
            await Task.Delay(50, patience.Token);
        const string cluster = "/api/v1/cluster";
        while ((await Client.GetFromJsonAsync<ClusterView>(cluster, patience.Token))!.Workers.Count < _workers)
            await Task.Delay(50, patience.Token);
    }

    /// <summary>The last view, once it is as wanted.</summary>
    public async Task<StudyView> AwaitAsync(string study, Predicate<StudyView> wanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var view = await Client.GetFromJsonAsync<StudyView>($"/api/v1/studies/{study}", patience.Token);
            if (wanted(view!)) return view!;
            await Task.Delay(100, patience.Token);
        }
    }

    public Task<HttpResponseMessage> SubmitAsync(StudyRequest request) =>
        Client.PostAsJsonAsync("/api/v1/studies", request);

    public static async Task<string> CodeAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var detail = problem.GetProperty("detail").GetString()!;
        Assert.DoesNotContain('\n', detail);
        Assert.Equal((int)answer.StatusCode, problem.GetProperty("status").GetInt32());
        var code = problem.GetProperty("code").GetString()!;
        Assert.StartsWith(code + ": ", detail, StringComparison.Ordinal);
        return code;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.Services.GetRequiredService<ActorSystem>().Terminate();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static AkkaConfigurationBuilder Compose(AkkaConfigurationBuilder akka, SqliteJournal journal,
        string[] classes, FolderArtifactStore store, DossierFolder dossiers)
    {
        akka.ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.AddLoggerFactory();
                loggers.LogLevel = Akka.Event.LogLevel.WarningLevel;
            })
            .AddHocon(journal.Hocon, HoconAddMode.Prepend)
            .AddHocon(QuickStart, HoconAddMode.Prepend)
            .WithIvimWire()
            .WithRemoting("127.0.0.1", 0)
            .WithClustering(new ClusterOptions { Roles = [IvimAkka.SeedRole, IvimAkka.WorkerRole] })
            .WithWorkQueue(QueueRules.For(TimeSpan.FromSeconds(6)), TimeProvider.System, NoObituaries.Instance)
            .WithStudies(rememberEntities: false);
        // Classical fits run on no device: the tests need no Torch.
        akka.WithWorkers([.. classes.Select((numericClass, slot) => new WorkSlot(
            new WorkerLabels($"host-1-{slot}", numericClass, ItemRecipes.Versions, "cpu", 1L << 30),
            new StageRunner(store, dossiers, null!)))]);
        return akka.AddStartup(
            (system, _) => AkkaCluster.Get(system).Join(AkkaCluster.Get(system).SelfAddress));
    }

    private const string QuickStart = """
        akka {
          coordinated-shutdown { run-by-actor-system-terminate = off, run-by-clr-shutdown-hook = off, exit-clr = off }
          cluster {
            run-coordinated-shutdown-when-down = off
            gossip-interval = 100ms
            leader-actions-interval = 100ms
            singleton.hand-over-retry-interval = 200ms
            singleton-proxy.singleton-identification-interval = 100ms
            singleton-proxy.log-singleton-identification-failure = off
            sharding { distributed-data.durable.keys = [], retry-interval = 200ms }
          }
        }
        """;
}
