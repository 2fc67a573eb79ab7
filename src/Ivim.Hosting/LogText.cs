using System.Text.RegularExpressions;

namespace Ivim.Hosting;

/// <summary>
/// What may stand in a log: a path can hold a patient's name, and exceptions of the file system quote paths.
/// </summary>
public static partial class LogText
{
    /// <summary>The text with every absolute path taken out; of a stack trace's sources the file name stays.</summary>
    public static string WithoutPaths(string text) =>
        Bare().Replace(Quoted().Replace(Source().Replace(text, " in "), "'(path)'"), "(path)");

    /// <summary>` in /somewhere/StageRunner.cs:line 18`: only the folders go.</summary>
    [GeneratedRegex(@" in /(?:[^/:\n]+/)*(?=[^/:\n]+\.cs:line \d)")]
    private static partial Regex Source();

    /// <summary>To the line's last quote: a name may hold blanks and quotes of its own.</summary>
    [GeneratedRegex("""['"]/[^\n]*['"]""")]
    private static partial Regex Quoted();

    [GeneratedRegex("""(?<![\w.)/:])/[^\s/'"]+/[^\s'"]*""")]
    private static partial Regex Bare();
}
