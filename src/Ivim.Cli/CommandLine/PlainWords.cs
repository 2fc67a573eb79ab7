using System.Text.RegularExpressions;

namespace Ivim.Cli.CommandLine;

/// <summary>The parser's messages name types of the runtime; a user knows numbers.</summary>
internal static partial class PlainWords
{
    public static string Of(string message) => RuntimeType().Replace(message, match => match.Value switch
    {
        var type when type.Contains("Int", StringComparison.Ordinal) => "a whole number",
        var type when type.Contains("Double", StringComparison.Ordinal) => "a number",
        var type when type.Contains("Boolean", StringComparison.Ordinal) => "true or false",
        _ => "a text",
    });

    /// <summary>At the end only: the text before it is the user's.</summary>
    [GeneratedRegex("(?<= as )expected type 'System\\.[^']*'$")]
    private static partial Regex RuntimeType();
}
