using Ivim.Hosting.Journals;
using Ivim.Physics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Ivim.Hosting.Nodes;

/// <summary>
/// Keeps a seed from starting its actor system before the journal answers; meanwhile the node says that it lives and is
/// not ready.
/// </summary>
internal sealed class JournalGate(IJournal journal, Uri api, NodeLog log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <param name="mayRefuse">False once the node has run: then it waits, whatever the journal says.</param>
    public async Task PassAsync(bool mayRefuse, CancellationToken cancellation)
    {
        if (await TryAsync(mayRefuse, cancellation)) return;
        log.Warn("the journal does not answer: waiting for it");
        await using var waitingRoom = WaitingRoom();
        await waitingRoom.StartAsync(cancellation);
        while (!await TryAsync(mayRefuse, cancellation))
            await Task.Delay(Interval, TimeProvider.System, cancellation);
        log.Say("the journal answers");
        await waitingRoom.StopAsync(cancellation);
    }

    private async Task<bool> TryAsync(bool mayRefuse, CancellationToken cancellation)
    {
        try
        {
            return await journal.TryOpenAsync(cancellation);
        }
        catch (RefusalException) when (!mayRefuse)
        {
            return false;
        }
    }

    private WebApplication WaitingRoom()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(api.AbsoluteUri.TrimEnd('/'));
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.Run(http =>
        {
            bool isLiveness = http.Request.Path == "/healthz/live";
            http.Response.StatusCode = isLiveness ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        });
        return app;
    }
}
