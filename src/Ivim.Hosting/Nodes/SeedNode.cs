using Akka.Hosting;
using Ivim.Hosting.Journals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Ivim.Hosting.Nodes;

/// <summary>A node that holds studies, aggregators, the work queue and the HTTP API.</summary>
public sealed class SeedNode(NodeOptions options, WorkFolder work, IJournal journal, NodeLog log)
{
    private const long LargestRequestBytes = 1 << 20;

    private int _port = options.Port;

    public async Task<RunningNode> StartAsync(NodeEnd? last, CancellationToken cancellation)
    {
        await new JournalGate(journal, options.Api, log).PassAsync(mayRefuse: last is null, cancellation);
        var node = await RunningNode.StartAsync(Host(last), drain: null, cancellation);
        _port = AkkaCluster.Get(node.System).SelfAddress.Port ?? _port;
        // CERTIFICATE: node.EndWith(NodeEnd.CertificateChanged, ...)
        log.Say($"seed {options.Host}:{_port} runs, journal {journal.Kind}");
        return node;
    }

    private WebApplication Host(NodeEnd? last)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(options.Api.AbsoluteUri.TrimEnd('/'));
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestRequestBytes;
        });
        builder.Services.AddRoutingCore().AddSingleton(work).AddSingleton(journal);
        builder.AddNode(options, log, _port, last, akka => akka
            .AddHocon(journal.Hocon, HoconAddMode.Prepend)
            .WithWorkQueue(options.Lease, FirstEpoch())
            .WithStudies(rememberEntities: true));
        // DOWNING, HISTORY, OBITUARIES: builder lines above
        var app = builder.Build();
        // API: app.MapIvimApi(...)
        return app;
    }

    /// <summary>Above every epoch of an earlier queue, of whatever seed: those seeds started earlier.</summary>
    private static long FirstEpoch() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() << 16;
}
