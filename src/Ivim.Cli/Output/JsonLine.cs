using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ivim.Cli.Output;

/// <summary>One object on one line, with the names that scripts depend on.</summary>
internal static class JsonLine
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        // Paths are for shells, not for web pages.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Format);
}
