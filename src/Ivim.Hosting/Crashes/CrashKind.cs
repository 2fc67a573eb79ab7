using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ivim.Hosting.Crashes;

/// <summary>The one thing in a crash report that may be shown: the type of the exception.</summary>
internal static partial class CrashKind
{
    /// <summary>Death by a signal outside of managed code, or a report that cannot be read.</summary>
    public const string Native = "native code";

    public static string Of(string report)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(report));
            var threads = document.RootElement.GetProperty("payload").GetProperty("threads").EnumerateArray();
            var kind = threads.Where(thread => Text(thread, "crashed") == "true")
                .Select(thread => Text(thread, "managed_exception_type")).FirstOrDefault(text => text is not null);
            return kind is not null && TypeName().IsMatch(kind) ? kind : Native;
        }
        catch (Exception e)
            when (e is IOException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return Native;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;

    [GeneratedRegex(@"^[A-Za-z0-9_.+`]{1,200}$")]
    private static partial Regex TypeName();
}
