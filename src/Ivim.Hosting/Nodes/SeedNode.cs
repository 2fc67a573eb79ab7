using Akka.Hosting;
using Ivim.Domain.Work;
using Ivim.Hosting.Api;
using Ivim.Hosting.Crashes;
using Ivim.Hosting.History;
using Ivim.Hosting.Journals;
using Ivim.Hosting.Membership;
using Ivim.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Ivim.Hosting.Nodes;

/// <summary>A node that holds studies, aggregators, the work queue and the HTTP API.</summary>
public sealed class SeedNode(
    NodeOptions options, WorkFolder work, IJournal journal, NodeLog log, HistoryFile? history)
{
    private int _port = options.Port;

    public async Task<RunningNode> StartAsync(NodeEnd? last, CancellationToken cancellation)
    {
        await new JournalGate(journal, options.Api, log).PassAsync(mayRefuse: last is null, cancellation);
        var tls = new NodeTls(options, log);
        var node = await RunningNode.StartAsync(Host(last, tls.Security), drain: null, cancellation);
        _port = AkkaCluster.Get(node.System).SelfAddress.Port ?? _port;
        tls.Watch(node);
        log.Say($"seed {options.Host}:{_port} runs, journal {journal.Kind}");
        return node;
    }

    private WebApplication Host(NodeEnd? last, RemoteSecurity? security)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(options.Api.AbsoluteUri.TrimEnd('/'));
        builder.Services.AddRoutingCore();
        builder.Services.AddIvimApi(ApiSettings(), work.Store, work.Dossiers);
        builder.AddNode(options, log, history, _port, last, security, akka => akka
            .AddHocon(journal.Hocon, HoconAddMode.Prepend)
            .WithSeedDowning(journal.Arbiter, options.StableAfter)
            .WithWorkQueue(QueueRules.For(options.Lease), TimeProvider.System,
                CrashReports.In(work.Root, TimeProvider.System))
            .WithStudies(rememberEntities: true));
        var app = builder.Build();
        app.MapIvimApi();
        return app;
    }

    private ApiSettings ApiSettings()
    {
        var token = options.Token is { } text ? ApiToken.FromText(text) : null;
        return new ApiSettings
        {
            Admits = header => token is not null && token.MatchesHeader(header),
            Hosts = options.ApiHosts,
            NumericClass = options.NumericClass,
        };
    }
}
