using Ivim.Hosting.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Ivim.Hosting.Api;

/// <summary>The OpenAPI document: made from the addresses themselves, so that it cannot say anything else.</summary>
internal static class ApiDocument
{
    public const string Address = "/api/v1/openapi.json";

    private const string Version = "v1", Scheme = "token", Problem = "application/problem+json";

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Version, options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            Head(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(async (operation, context, cancellation) =>
            Guard(operation, context.Document!, context.Description.ActionDescriptor.EndpointMetadata,
                await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), null, cancellation)));
    });

    public static void MapApiDocument(this IEndpointRouteBuilder app) => app.MapOpenApi(Address).For(ApiRole.Viewer);

    private static void Head(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Ivim", Version = Version,
            Description = "Intravoxel incoherent motion maps of diffusion MRI: studies, cohorts and the cluster.",
        };
        // Where it is served, whoever asks from wherever.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A line of the server's token file.",
            },
        };
    }

    /// <summary>What needs a token says so, and which role; a refusal is a problem with a code.</summary>
    private static void Guard(
        OpenApiOperation operation, OpenApiDocument document, IList<object> metadata, OpenApiSchema problem)
    {
        problem.Properties ??= new Dictionary<string, IOpenApiSchema>();
        problem.Properties["code"] = new OpenApiSchema
        {
            Type = JsonSchemaType.String, Description = "One of docs/errors.md.",
        };
        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "A refusal, in one line.",
            Content = new Dictionary<string, OpenApiMediaType> { [Problem] = new() { Schema = problem } },
        };
        if (metadata.OfType<IAllowAnonymous>().Any()) return;
        operation.Security = [new() { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        if (metadata.OfType<IAuthorizeData>().FirstOrDefault()?.Policy is { } policy)
            operation.Description = $"Role: {policy.ToLowerInvariant()}.";
    }
}
