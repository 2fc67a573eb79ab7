using System.Diagnostics;

namespace Ivim.Hosting.Tests.Membership;

/// <summary>A PostgreSQL server of one test, on a loopback port, with its data in a temporary folder.</summary>
internal sealed class PostgresServer : IDisposable
{
    private const string Programs = "/usr/lib/postgresql/15/bin";

    private readonly string _folder = Directory.CreateTempSubdirectory("ivim-pg-").FullName;
    private readonly int _port = FreePorts.Next();

    public PostgresServer()
    {
        Run("chown", "postgres", _folder);
        AsPostgres($"{Programs}/initdb", "-D", $"{_folder}/data", "-A", "trust", "--no-sync", "-U", "postgres");
        AsPostgres($"{Programs}/pg_ctl", "-D", $"{_folder}/data", "-w", "-l", $"{_folder}/log",
            "-o", $"-p {_port} -h 127.0.0.1 -k {_folder} -F", "start");
    }

    public static bool IsInstalled => File.Exists($"{Programs}/initdb") && Environment.IsPrivilegedProcess;

    public string Connection => $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres";

    public void Stop() => AsPostgres($"{Programs}/pg_ctl", "-D", $"{_folder}/data", "-m", "immediate", "stop");

    public void Dispose()
    {
        if (File.Exists($"{_folder}/data/postmaster.pid")) Stop();
        Directory.Delete(_folder, recursive: true);
    }

    private static void AsPostgres(params string[] command) => Run("runuser", ["-u", "postgres", "--", .. command]);

    private static void Run(string program, params string[] arguments)
    {
        // No redirection: the server would inherit the pipe and keep it open.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh",
            ["-c", "exec \"$@\" >/dev/null 2>&1", "sh", program, .. arguments]) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
