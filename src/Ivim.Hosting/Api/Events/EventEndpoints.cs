using Ivim.Domain.Studies;
using Ivim.Hosting.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ivim.Hosting.Api.Events;

/// <summary>Version 1 of the API: how studies and cohorts get on, as server-sent events.</summary>
internal static class EventEndpoints
{
    private const string LastEvent = "Last-Event-ID";

    public static void MapEvents(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/events", (HttpContext http, EventFeed feed, EventStreams streams) =>
            streams.SendAsync(http, feed.FollowAsync(http.Request.Headers[LastEvent], CancellationToken.None)))
            .For(ApiRole.Viewer).WithSummary("How all studies and cohorts get on, as server-sent events.")
            .Produces<StudyView>(StatusCodes.Status200OK, EventStreams.ContentType);
        app.MapGet("/api/v1/studies/{id}/events", async (string id, HttpContext http, ViewEvents events,
            EventStreams streams) => await streams.SendAsync(http, await events.OfStudyAsync(
                new StudyId(id), http.Request.Headers[LastEvent], http.RequestAborted)))
            .For(ApiRole.Viewer).WithSummary("How a study gets on, as server-sent events.")
            .Produces<StudyView>(StatusCodes.Status200OK, EventStreams.ContentType);
        app.MapGet("/api/v1/cohorts/{id}/events", async (string id, HttpContext http, ViewEvents events,
            EventStreams streams) => await streams.SendAsync(http, await events.OfCohortAsync(
                id, http.Request.Headers[LastEvent], http.RequestAborted)))
            .For(ApiRole.Viewer).WithSummary("How a cohort gets on, as server-sent events.")
            .Produces<CohortView>(StatusCodes.Status200OK, EventStreams.ContentType);
    }
}
