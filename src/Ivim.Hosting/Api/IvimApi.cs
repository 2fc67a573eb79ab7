using System.Text.Json;
using System.Threading.RateLimiting;
using Akka.Hosting;
using Ivim.Actors.Artifacts;
using Ivim.Hosting.Api.Events;
using Ivim.Hosting.Cohorts;
using Ivim.Hosting.Dashboard;
using Ivim.Hosting.Submissions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ivim.Hosting.Api;

/// <summary>The HTTP API of a seed: closed to all who do not know the token, but for the health addresses.</summary>
public static class IvimApi
{
    /// <param name="services">Has the actor system of <see cref="IvimAkka"/>.</param>
    /// <param name="store">The cluster's shared artifacts.</param>
    /// <param name="dossiers">The cluster's shared dossiers.</param>
    /// <param name="cohorts">The cluster's shared manifests.</param>
    /// <param name="look">The same work folder and its journal, for whoever only looks.</param>
    public static IServiceCollection AddIvimApi(this IServiceCollection services, ApiSettings settings,
        IArtifactStore store, DossierFolder dossiers, CohortFolder cohorts, WorkFolderView look)
    {
        services.AddSingleton(settings);
        services.AddSingleton(store);
        services.AddSingleton(dossiers);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(cohorts);
        services.AddSingleton(look);
        services.AddSingleton(provider => Started(provider, StudyRegions.Of));
        services.AddSingleton(provider => Started(provider, CohortRegion.Of));
        services.AddSingleton<JournalPulse>();
        services.AddSingleton<IPatience, ServedPatience>();
        services.AddSingleton<StudyTalk>();
        services.AddSingleton<ClusterDesk>();
        services.AddSingleton<KnownStudies>();
        services.AddSingleton<DiskTurns>();
        services.AddSingleton<StudyReader>();
        services.AddSingleton<StudyDesk>();
        services.AddSingleton<ItemDesk>();
        services.AddSingleton<PictureDesk>();
        services.AddSingleton<CohortDesk>();
        services.AddSingleton<PlanDesk>();
        services.AddSingleton<KnownProtocols>();
        services.AddSingleton<EventStreams>();
        services.AddSingleton<ViewEvents>();
        services.AddSingleton<EventFeed>();
        services.AddAuthentication(BearerAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, BearerAuthentication>(BearerAuthentication.SchemeName, null);
        services.AddApiPolicies();
        services.AddApiDocument();
        services.AddRateLimiter(limiter => Limit(limiter, settings));
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = RequestRefusals.MostBodyBytes;
            kestrel.AddServerHeader = false;
        });
        return services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.CamelCase);
    }

    public static WebApplication MapIvimApi(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<ApiSettings>();
        app.UseProblemAnswers(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(IvimApi)));
        app.UseHostCheck(settings);
        app.UseStatusCodePages(Bare);
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHealth();
        app.MapStudies();
        app.MapArtifacts();
        app.MapCohorts();
        app.MapPlans();
        app.MapEvents();
        app.MapApiDocument();
        app.MapProtocols();
        app.MapCaller();
        app.MapPictures();
        app.MapDashboard();
        return app;
    }

    private static T Started<T>(IServiceProvider services, Func<IReadOnlyActorRegistry, T> find)
    {
        try
        {
            return find(services.GetRequiredService<ActorRegistry>());
        }
        catch (MissingActorRegistryEntryException)
        {
            throw ApiRefusalException.Starting;
        }
    }

    private static void Limit(RateLimiterOptions limiter, ApiSettings settings)
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
            RateLimitPartition.GetFixedWindowLimiter(http.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new FixedWindowRateLimiterOptions
                {
                    PermitLimit = settings.RequestLimit, Window = settings.RequestWindow, QueueLimit = 0,
                }));
        limiter.OnRejected = (rejected, _) =>
            new ValueTask(ProblemAnswers.WriteAsync(rejected.HttpContext, RequestRefusals.TooMany));
    }

    /// <summary>What routing itself refuses has no body yet.</summary>
    private static Task Bare(Microsoft.AspNetCore.Diagnostics.StatusCodeContext context) =>
        context.HttpContext.Response.StatusCode switch
        {
            StatusCodes.Status400BadRequest => ProblemAnswers.WriteAsync(context.HttpContext,
                RequestRefusals.Malformed("a query whose parts are missing or cannot be read")),
            StatusCodes.Status404NotFound => ProblemAnswers.WriteAsync(
                context.HttpContext, RequestRefusals.NoSuchAddress),
            StatusCodes.Status405MethodNotAllowed => ProblemAnswers.WriteAsync(
                context.HttpContext, RequestRefusals.NotAllowed),
            _ => Task.CompletedTask,
        };
}
