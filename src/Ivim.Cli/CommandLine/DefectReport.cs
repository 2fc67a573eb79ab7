using System.Reflection;
using System.Runtime.InteropServices;
using Ivim.Hosting;

namespace Ivim.Cli.CommandLine;

/// <summary>
/// The file that holds the details of a defect, because the terminal gets one line. It tells types, codes and places in
/// the code, and no messages: those of the file system quote paths, paths name people, and reports get passed on.
/// </summary>
internal static class DefectReport
{
    /// <returns>Where the report lies, or null if it could not be written: the first failure stays the news.</returns>
    public static string? Write(Exception exception, DateTimeOffset at)
    {
        var path = Path.Combine(
            Path.GetTempPath(), $"ivim-error-{at:yyyyMMdd-HHmmss-fffffff}-{Environment.ProcessId}.txt");
        try
        {
            using var writer = new StreamWriter(path, OnlyForItsOwner());
            writer.Write($"ivim {ProgramVersion()}, {RuntimeInformation.FrameworkDescription}, "
                + $"{RuntimeInformation.OSDescription}\n{LogText.WithoutPaths(Trace(exception))}\n");
            return path;
        }
        catch (Exception second) when (second is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A new file: in a folder that all share, one that is already there may be somebody's link.</summary>
    private static FileStreamOptions OnlyForItsOwner()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static string Trace(Exception exception)
    {
        var own = $"{exception.GetType().FullName} (0x{exception.HResult:x8})\n{exception.StackTrace}";
        IEnumerable<Exception> causes = exception is AggregateException several
            ? several.InnerExceptions
            : exception.InnerException is { } cause ? [cause] : [];
        return string.Join("\ncaused by ", causes.Select(Trace).Prepend(own));
    }

    private static string ProgramVersion() =>
        typeof(DefectReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "of unknown version";
}
