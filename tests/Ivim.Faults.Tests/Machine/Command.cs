using System.Diagnostics;

namespace Ivim.Faults.Tests.Machine;

/// <summary>A program that ran to its end.</summary>
internal sealed record Command(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(3);

    public bool Succeeded => ExitCode == 0;

    /// <summary>Runs it and takes any exit code.</summary>
    public static Task<Command> TryAsync(string program, params IEnumerable<string> arguments) =>
        TryAsync(null, program, arguments);

    public static async Task<Command> TryAsync(
        IReadOnlyDictionary<string, string>? environment, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Hang);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} hangs: {await output} {await error}");
        }
        return new Command(process.ExitCode, await output, await error);
    }

    /// <summary>Runs it; anything but success fails the test.</summary>
    public static async Task<string> RunAsync(string program, params IEnumerable<string> arguments)
    {
        var ran = await TryAsync(program, arguments);
        Assert.True(ran.Succeeded,
            $"{program} {string.Join(' ', arguments)}: exit code {ran.ExitCode}: {ran.Output}{ran.Error}");
        return ran.Output;
    }

    /// <summary>Whether a program of this name is on the path or among the administrator's.</summary>
    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(["/usr/sbin", "/sbin"])
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
