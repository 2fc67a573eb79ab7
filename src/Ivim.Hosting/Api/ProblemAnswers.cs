using System.Text.Json;
using Ivim.Domain.Work;
using Ivim.Physics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ivim.Hosting.Api;

/// <summary>Turns whatever goes wrong into problem details (RFC 9457): a code and never more than a line.</summary>
internal static class ProblemAnswers
{
    public const string ContentType = "application/problem+json";

    /// <summary>The outermost layer: nothing gets past it to a page that shows stack traces.</summary>
    public static void UseProblemAnswers(this IApplicationBuilder app, ILogger logger) => app.Use(async (http, next) =>
    {
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // The last line of defence: whatever escapes becomes one line.
        catch (Exception exception) when (!http.Response.HasStarted)
#pragma warning restore CA1031
        {
            var (status, code, line) = Explain(exception);
            if (code == Internal) logger.LogError("{Defect}", LogText.WithoutPaths(exception.ToString()));
            await WriteAsync(http, status, code, line);
        }
    });

    public static Task WriteAsync(HttpContext http, ApiRefusalException refusal) =>
        WriteAsync(http, refusal.Status, refusal.Code, refusal.Message);

    private const string Internal = "INTERNAL";

    private static Task WriteAsync(HttpContext http, int status, string code, string line)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(
            new Problem("about:blank", code, status, line, code), JsonSerializerOptions.Web, ContentType);
    }

    private static (int Status, string Code, string Line) Explain(Exception exception) => exception switch
    {
        ApiRefusalException refusal => (refusal.Status, refusal.Code, refusal.Message),
        RefusalException refusal => (StatusCodes.Status422UnprocessableEntity, refusal.Code, refusal.Message),
        StudyFailedException { Failure: { Class: FailureClass.Infrastructure or FailureClass.OutOfMemory } held } =>
            (StatusCodes.Status503ServiceUnavailable, held.Code, held.Message),
        StudyFailedException { Failure: { } failed } when Failures.IsMismatch(failed) =>
            (StatusCodes.Status409Conflict, failed.Code, failed.Message),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            Explain(RequestRefusals.TooLarge),
        BadHttpRequestException => Explain(RequestRefusals.Malformed("a request that is no HTTP request of ours")),
        _ => (StatusCodes.Status500InternalServerError, Internal,
            $"{Internal}: found a defect of the server ({exception.GetType().Name}); expected none; "
            + "report it with the server's log."),
    };

    private sealed record Problem(string Type, string Title, int Status, string Detail, string Code);
}
