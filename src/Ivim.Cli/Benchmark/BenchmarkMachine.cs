using System.Reflection;
using System.Runtime.InteropServices;

namespace Ivim.Cli.Benchmark;

/// <summary>Which program ran on what kind of machine.</summary>
/// <param name="Commit">Of the sources that the program was built from; `not known` where the build could not
/// tell.</param>
/// <param name="Processor">Model and count.</param>
internal sealed record BenchmarkMachine(string Version, string Commit, string Processor, string Runtime)
{
    private const string ProcessorFile = "/proc/cpuinfo", ModelField = "model name";

    public static BenchmarkMachine OfThisProcess()
    {
        var version = typeof(BenchmarkMachine).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        string[] parts = version.Split('+');
        var commit = parts.Length > 1 ? parts[1][..Math.Min(12, parts[1].Length)] : "not known";
        return new BenchmarkMachine(parts[0], commit,
            $"{Model()}, {Environment.ProcessorCount} processors", RuntimeInformation.FrameworkDescription);
    }

    private static string Model()
    {
        var lines = File.Exists(ProcessorFile) ? File.ReadLines(ProcessorFile) : [];
        var line = lines.FirstOrDefault(text => text.StartsWith(ModelField, StringComparison.Ordinal));
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
