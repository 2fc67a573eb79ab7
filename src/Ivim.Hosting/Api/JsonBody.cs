using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Ivim.Hosting.Api;

/// <summary>The JSON of a request, or what is wrong with it; never a word of its content.</summary>
internal static class JsonBody
{
    /// <param name="what">The body is to be, for the refusal.</param>
    /// <exception cref="ApiRefusalException">REQUEST-MALFORMED.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest http, string what, CancellationToken cancellation)
    {
        if (!http.HasJsonContentType()) throw RequestRefusals.Malformed("a body that does not say it is JSON");
        try
        {
            return await http.ReadFromJsonAsync<T>(cancellation) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw RequestRefusals.Malformed($"{what} that cannot be read at {e.Path ?? "$"}");
        }
    }
}
