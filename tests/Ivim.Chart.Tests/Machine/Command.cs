using System.Diagnostics;

namespace Ivim.Chart.Tests.Machine;

/// <summary>A program that ran to its end.</summary>
internal sealed record Command(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(5);

    public bool Succeeded => ExitCode == 0;

    /// <summary>Runs it and takes any exit code.</summary>
    public static Command Try(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Hang))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} hangs");
        }
        return new Command(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Runs it; anything but success fails the test.</summary>
    public static string Run(string program, params IEnumerable<string> arguments)
    {
        var ran = Try(program, arguments);
        Assert.True(ran.Succeeded,
            $"{program} {string.Join(' ', arguments)}: exit code {ran.ExitCode}: {ran.Output}{ran.Error}");
        return ran.Output;
    }

    /// <summary>Whether a program of this name is on the path or among the administrator's.</summary>
    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(["/usr/sbin", "/sbin"])
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
