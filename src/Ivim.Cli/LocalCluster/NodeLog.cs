using System.Text;
using System.Text.RegularExpressions;

namespace Ivim.Cli.LocalCluster;

/// <summary>What a node said last.</summary>
internal static partial class NodeLog
{
    private const int LongestEnd = 8192;

    public static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    /// <param name="from">Where the part begins that the process wrote, in bytes.</param>
    /// <returns>Its last line, if that is an error with a code; else null.</returns>
    public static string? LastCodedError(string path, long from)
    {
        if (!File.Exists(path)) return null;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Position = Math.Min(stream.Length, Math.Max(from, stream.Length - LongestEnd));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var last = reader.ReadToEnd().TrimEnd().Split('\n')[^1].Trim();
        return CodedError().Match(last) is { Success: true } match ? match.Groups[1].Value : null;
    }

    [GeneratedRegex("^(?:error )?([A-Z][A-Z0-9-]+: .*)$")]
    private static partial Regex CodedError();
}
