using System.Globalization;
using Ivim.Faults.Tests.Machine;
using Npgsql;

namespace Ivim.Faults.Tests.Databases;

/// <summary>A PostgreSQL server of the test's own, on a port of its own, with fsync on.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Owner = "ivim", Database = "ivim";


    private readonly string _folder;

    private PostgresServer(string folder, int port) => (_folder, Port) = (folder, port);

    public int Port { get; }

    /// <summary>Without a password: the server trusts this machine's loopback.</summary>
    public string Journal => JournalAt(Port);

    public string ConnectionString =>
        $"Host=127.0.0.1;Port={Port};Username={Owner};Database={Database};Pooling=false;Timeout=3;Command Timeout=5";

    /// <summary>The postmaster and every process it started.</summary>
    public IReadOnlyList<int> Processes =>
        Postmaster is { } postmaster ? [postmaster, .. UnixProcess.ChildrenOf(postmaster)] : [];

    private string Data => Path.Combine(_folder, "data");

    private string PidFile => Path.Combine(Data, "postmaster.pid");

    private int? Postmaster
    {
        get
        {
            if (!File.Exists(PidFile)) return null;
            int pid = int.Parse(File.ReadLines(PidFile).First(), CultureInfo.InvariantCulture);
            return UnixProcess.IsAlive(pid) ? pid : null;
        }
    }

    /// <summary>The same journal through another port, where a proxy listens.</summary>
    public static string JournalAt(int port) => $"postgres://{Owner}@127.0.0.1:{port}/{Database}";

    public static async Task<PostgresServer> StartNewAsync()
    {
        Skip.If(Programs is null, "no PostgreSQL here: apt-get install postgresql-15");
        var folder = Directory.CreateTempSubdirectory("ivim-postgres-").FullName;
        if (Environment.IsPrivilegedProcess) await Command.RunAsync("chown", "postgres:", folder);
        var server = new PostgresServer(folder, Ports.Free());
        await server.RunAsync("initdb", "-D", server.Data, "-A", "trust", "-U", Owner, "-E", "UTF8", "--no-locale");
        await server.StartAsync();
        await server.ExecuteAsync("postgres", $"create database {Database}");
        return server;
    }

    public async Task StartAsync()
    {
        // A killed postmaster stays in the table of processes until its parent buries it, and PostgreSQL takes it for
        // a living one.
        if (Postmaster is null)
            foreach (string held in Directory.EnumerateFiles(_folder, ".s.PGSQL.*").Append(PidFile)) File.Delete(held);
        await RunAsync("pg_ctl", "-D", Data, "-l", Path.Combine(_folder, "log"), "-w", "-t", "60", "-o",
            $"-p {Port} -h 127.0.0.1 -k {_folder} -c fsync=on -c max_connections=60 -c shared_buffers=32MB", "start");
    }

    /// <summary>Disconnects everybody and shuts down in order.</summary>
    public Task StopFastAsync() => RunAsync("pg_ctl", "-D", Data, "-m", "fast", "-w", "stop");

    /// <summary>Ends without a checkpoint: the next start has to recover from the log.</summary>
    public Task StopImmediatelyAsync() => RunAsync("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");

    /// <summary>SIGKILL to the postmaster and all backends at once.</summary>
    public async Task KillAsync()
    {
        // Stopped first, it starts no more processes that would be missed.
        await UnixProcess.StopAsync(Processes);
        await UnixProcess.KillAsync(Processes);
        Assert.Null(Postmaster);
    }

    /// <summary>Whoever is connected hangs.</summary>
    public async Task HangAsync()
    {
        var all = Processes;
        await UnixProcess.StopAsync(all);
        Assert.True(all.Count > 0 && all.All(pid => !UnixProcess.IsAlive(pid) || UnixProcess.IsStopped(pid)));
    }

    public void GoOn() => UnixProcess.Continue(Processes);

    public async Task<bool> AnswersAsync()
    {
        try
        {
            await ExecuteAsync(Database, "select 1");
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return false;
        }
    }

    public Task UntilAnswersAsync() => Until.TrueAsync(AnswersAsync, Until.Hang, "PostgreSQL answers");

    public async ValueTask DisposeAsync()
    {
        await UnixProcess.StopAsync(Processes);
        await UnixProcess.KillAsync(Processes);
        await Command.RunAsync("rm", "-rf", _folder);
    }

    private async Task ExecuteAsync(string database, string statement)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(ConnectionString) { Database = database }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>PostgreSQL refuses to run as root, so root becomes the user that Debian makes for it.</summary>
    private async Task RunAsync(string program, params string[] arguments)
    {
        string path = Path.Combine(Programs!, program);
        var ran = Environment.IsPrivilegedProcess
            ? await Command.TryAsync("runuser", ["-u", "postgres", "--", path, .. arguments])
            : await Command.TryAsync(path, arguments);
        string log = Path.Combine(_folder, "log");
        string told = File.Exists(log) ? File.ReadAllText(log) : "";
        Assert.True(ran.Succeeded, $"{program}: {ran.Output}{ran.Error}{told}");
    }

    private static readonly string? Programs = Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            .Where(folder => File.Exists(Path.Combine(folder, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;
}
