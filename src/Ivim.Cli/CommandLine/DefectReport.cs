using System.Reflection;
using System.Runtime.InteropServices;

namespace Ivim.Cli.CommandLine;

/// <summary>The file that holds the details of a defect, because the terminal gets one line.</summary>
internal static class DefectReport
{
    /// <returns>Where the report lies, or null if it could not be written: the first failure stays the news.</returns>
    public static string? Write(Exception exception, DateTimeOffset at)
    {
        var path = Path.Combine(Path.GetTempPath(), $"ivim-error-{at:yyyyMMdd-HHmmss}-{Environment.ProcessId}.txt");
        try
        {
            File.WriteAllText(path, $"ivim {ProgramVersion()}, {RuntimeInformation.FrameworkDescription}, "
                + $"{RuntimeInformation.OSDescription}\n{exception}\n");
            return path;
        }
        catch (Exception second) when (second is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string ProgramVersion() =>
        typeof(DefectReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "of unknown version";
}
