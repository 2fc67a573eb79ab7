using Akka.Hosting;
using Ivim.Domain.Work;
using Ivim.Hosting.Api;
using Ivim.Hosting.Crashes;
using Ivim.Hosting.History;
using Ivim.Hosting.Journals;
using Ivim.Hosting.Membership;
using Ivim.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ivim.Hosting.Nodes;

/// <summary>A node that holds studies, aggregators, the work queue and the HTTP API.</summary>
public sealed class SeedNode(
    NodeOptions options, WorkFolder work, IJournal journal, NodeLog log, HistoryFile? history)
{
    private int _port = options.Port;

    public async Task<RunningNode> StartAsync(NodeEnd? last, CancellationToken cancellation)
    {
        await new JournalGate(journal, options.Api, options.Tls, log).PassAsync(mayRefuse: last is null, cancellation);
        var tls = new NodeTls(options, log);
        var node = await RunningNode.StartAsync(Host(tls.Security), drain: null, cancellation);
        _port = AkkaCluster.Get(node.System).SelfAddress.Port ?? _port;
        tls.Watch(node);
        if (options.IsOneOfSeveralSeeds)
        {
            var cluster = AkkaCluster.Get(node.System);
            node.EndWith(NodeEnd.Removed, Founding(cluster).UntilSupersededAsync);
            node.EndWith(NodeEnd.NotJoined, watching =>
                SeedsInSight.UntilNotJoinedAsync(cluster, options.JoinPatience, TimeProvider.System, watching));
        }
        log.Say($"seed {options.Host}:{_port} runs, journal {journal.Kind}");
        return node;
    }

    private IHost Host(RemoteSecurity? security)
    {
        if (options.Api is null)
        {
            var bare = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(
                new HostApplicationBuilderSettings());
            Add(bare, security);
            return bare.Build();
        }
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.ListenOn(options.Api, options.Tls);
        builder.Services.AddRoutingCore();
        builder.Services.AddIvimApi(ApiSettings(), work.Store, work.Dossiers, work.Cohorts,
            new WorkFolderView(work.Root, journal));
        Add(builder, security);
        var app = builder.Build();
        app.MapIvimApi();
        return app;
    }

    private void Add(IHostApplicationBuilder builder, RemoteSecurity? security) =>
        builder.AddNode(options, log, history, _port, security, akka => akka
            .AddHocon(journal.Hocon, HoconAddMode.Prepend)
            .WithSeedDowning(journal.Arbiter, options.StableAfter)
            .WithWorkQueue(QueueRules.For(options.Lease), TimeProvider.System,
                CrashReports.In(work.Root, TimeProvider.System))
            .WithStudies(rememberEntities: true)
            .WithCohorts(work.Cohorts, work.Store, work.Dossiers, work.Inputs, rememberEntities: true));

    private ClusterFounding Founding(AkkaCluster cluster) => new(cluster, journal.Register,
        interval: options.HeartbeatPause / 3, silence: options.HeartbeatPause * 1.5, TimeProvider.System,
        answers => log.Warn(answers ? "the cluster register answers again"
            : "the cluster register (a table beside the journal) does not answer: no cluster is founded meanwhile"));

    private ApiSettings ApiSettings()
    {
        var tokens = options.Token is { } text ? ApiTokens.FromText(text) : null;
        return new ApiSettings
        {
            RoleOf = header => tokens?.RoleOf(header),
            Hosts = options.ApiHosts,
            NumericClass = options.NumericClass,
        };
    }
}
