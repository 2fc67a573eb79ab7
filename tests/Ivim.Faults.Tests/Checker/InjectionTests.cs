using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ivim.Faults.Tests.Databases;
using Ivim.Faults.Tests.Histories;
using Ivim.Faults.Tests.Injection;
using Ivim.Faults.Tests.Machine;
using Npgsql;

namespace Ivim.Faults.Tests.Checker;

/// <summary>An injector that does nothing makes green tests: each is tried on something simple.</summary>
public sealed class InjectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_seed_makes_the_same_choices()
    {
        static int[] Choices(ulong seed, string test)
        {
            var nemesis = new Nemesis(test, seed);
            return [.. Enumerable.Range(0, 50).Select(_ => nemesis.Between(0, 1000))];
        }

        Assert.Equal(Choices(1, "a"), Choices(1, "a"));
        Assert.NotEqual(Choices(1, "a"), Choices(2, "a"));
        Assert.NotEqual(Choices(1, "a"), Choices(1, "b"));
        Assert.True(Choices(1, "a").Distinct().Count() > 40);
    }

    [Fact]
    public async Task A_stopped_process_stands_still_and_a_killed_one_is_gone()
    {
        using var process = Process.Start("sleep", "600");
        await UnixProcess.StopAsync(process.Id);
        Assert.True(UnixProcess.IsStopped(process.Id));
        UnixProcess.Continue(process.Id);
        await Until.TrueAsync(() => !UnixProcess.IsStopped(process.Id), Until.Hang, "it goes on");
        await UnixProcess.KillAsync(process.Id);
        Assert.False(UnixProcess.IsAlive(process.Id));
    }

    [SkippableFact]
    public async Task PostgreSQL_recovers_what_it_had_committed_and_a_lost_answer_is_a_commit()
    {
        await using var server = await PostgresServer.StartNewAsync();
        using var proxy = new TcpProxy(server.Port);
        string direct = server.ConnectionString;
        string throughProxy = direct.Replace($"Port={server.Port}", $"Port={proxy.Port}", StringComparison.Ordinal);
        await InsertAsync(throughProxy, "create table t (n int)", "insert into t values (1)");
        proxy.CutNextCommits(1);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => InsertAsync(throughProxy, "insert into t values (2)"));
        Assert.Equal(1, proxy.CommitCuts);
        await server.KillAsync();
        Assert.False(await server.AnswersAsync());
        await server.StartAsync();
        Assert.Equal(2, await CountAsync(direct));
        await server.HangAsync();
        Assert.False(await server.AnswersAsync());
        server.GoOn();
        await server.UntilAnswersAsync();
        Assert.Equal(2, await CountAsync(direct));
    }

    [SkippableFact]
    public async Task A_cut_link_is_silent_and_a_deaf_host_drops_packets()
    {
        await using var network = await PrivateNetwork.MakeAsync(2);
        Assert.True(await PingAsync(network, 1, 2));
        await network.CutAsync(2);
        Assert.False(await PingAsync(network, 1, 2));
        await network.HealAsync(2);
        await Until.TrueAsync(() => PingAsync(network, 1, 2), Until.Hang, "the link is up again");
        await network.DeafenAsync(1, 2);
        Assert.False(await PingAsync(network, 1, 2));
        Assert.True(await network.IsDeafAsync(1));
        await network.HearAgainAsync(1);
        await Until.TrueAsync(() => PingAsync(network, 1, 2), Until.Hang, "host 1 hears again");
    }

    [SkippableFact]
    public async Task A_faked_clock_jumps()
    {
        var clock = new FakedClock(_folder);
        clock.JumpTo(TimeSpan.FromHours(3));
        var date = await Command.TryAsync(clock.Environment, "date", "+%s");
        long ahead = long.Parse(date.Output, CultureInfo.InvariantCulture)
            - TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        Assert.InRange(ahead, 3 * 3600 - 30, 3 * 3600 + 30);
    }

    /// <summary>libfaketime can end every timed wait at once: its node would be slow, not of another time.</summary>
    [SkippableFact]
    public async Task A_faked_clock_lets_the_runtime_s_timers_rest()
    {
        var clock = new FakedClock(_folder);
        clock.JumpTo(TimeSpan.FromHours(-2));
        using var deaf = new TcpListener(IPAddress.Loopback, 0);
        deaf.Start();
        string server = $"http://{deaf.LocalEndpoint}";
        var start = new ProcessStartInfo("dotnet", [Repository.Cli, "status", "--server", server])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["IVIM_TOKEN"] = "any";
        foreach (var (name, value) in clock.Environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        try
        {
            // From here on it waits for an answer, with timers and nothing else.
            using var asked = await deaf.AcceptTcpClientAsync().WaitAsync(Until.Hang);
            await Until.StaysTrueAsync(() => Task.FromResult(!process.HasExited), TimeSpan.FromSeconds(1), "it waits");
            var before = process.TotalProcessorTime;
            var window = TimeSpan.FromSeconds(1);
            await Until.StaysTrueAsync(() => Task.FromResult(!process.HasExited), window, "it waits");
            process.Refresh();
            Assert.InRange(process.TotalProcessorTime - before, TimeSpan.Zero, window / 5);
        }
        finally
        {
            process.Kill();
        }
    }

    [SkippableFact]
    public async Task A_group_without_memory_kills_and_one_without_time_throttles()
    {
        await using (var memory = ControlGroup.WithMemory(20_000_000))
        {
            var greedy = await Command.TryAsync(memory.Before()[0], [.. memory.Before().Skip(1), "tail", "/dev/zero"]);
            Assert.Equal((137, true), (greedy.ExitCode, memory.Kills > 0));
        }
        await using var time = ControlGroup.WithCpu(0.1);
        await Command.RunAsync(time.Before()[0],
            [.. time.Before().Skip(1), "/bin/sh", "-c", "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done"]);
        Assert.True(time.Throttled > 0);
    }

    [SkippableFact]
    public async Task A_small_disk_is_full_until_it_is_freed()
    {
        await using var disk = await SmallDisk.MountAsync(_folder.Path("disk"), "size=1m,nr_inodes=32");
        Assert.False(disk.IsFull());
        disk.Fill();
        Assert.True(disk.IsFull());
        await disk.FreeAsync();
        Assert.False(disk.IsFull());
        disk.TakeAllFiles();
        Assert.True(disk.IsFull());
    }

    [Fact]
    public void Half_a_line_of_a_history_is_left_out()
    {
        _folder.Write("n.jsonl", """
            {"at":"2026-01-01T12:00:00.000000Z","node":"n","pid":7,"fact":"checkpointed","item":"merge","steps":5}
            {"at":"2026-01-01T12:00:01.0000
            {"at":"2026-01-01T12:00:02.000000Z","node":"n","pid":7,"fact":"lea
            """);
        var fact = Assert.Single(History.Read(_folder.Root).Facts);
        Assert.Equal((FactKinds.Checkpointed, "merge", 5, 7), (fact.Kind, fact.Item, fact.Steps, fact.Pid));
    }

    private static async Task<bool> PingAsync(PrivateNetwork network, int from, int to)
    {
        string knock = $"</dev/tcp/{network.AddressOf(to)}/9";
        string[] command = [.. network.On(from), "timeout", "1", "/bin/bash", "-c", knock];
        var tried = await Command.TryAsync(command[0], command[1..]);
        // Nobody listens there: a host that is reached refuses at once, silence lasts until the time is over.
        return tried.ExitCode != 124;
    }

    private static async Task InsertAsync(string connectionString, params string[] statements)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (string statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection, transaction);
            await command.ExecuteNonQueryAsync();
        }
        await transaction.CommitAsync();
    }

    private static async Task<int> CountAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select count(*) from t", connection);
        return (int)(long)(await command.ExecuteScalarAsync())!;
    }
}
