using System.Collections.Immutable;
using Akka.Actor;
using Akka.Remote;
using Akka.Remote.Transport;
using Ivim.Hosting.Security;
using Direction = Akka.Remote.Transport.ThrottleTransportAdapter.Direction;

namespace Ivim.Hosting.Nodes;

/// <summary>Cuts a node off inside its own transport: a fault on demand, for tests of whole processes only.</summary>
/// <remarks>
/// IVIM_TEST_BLACK_HOLE=`folder` loads Akka's throttling adapter; without it there is none. It is for nodes on loopback
/// without TLS and left alone elsewhere. Addresses then begin with <see cref="Scheme"/>, so that a node that has it by
/// mistake finds no cluster. In the folder the file `host:port` of a node has one line for each node that it is cut off
/// from: `both host:port`, or `receive host:port` where it is only deaf. The lines in force are in `host:port.now`.
/// </remarks>
internal sealed class BlackHole
{
    public const string Variable = "IVIM_TEST_BLACK_HOLE", Scheme = "akka.trttl.tcp";

    public const string Hocon = "akka.remote.dot-netty.tcp.applied-adapters = [\"trttl\"]";

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly string _orders;
    private readonly NodeLog _log;
    private ImmutableDictionary<string, Direction> _cuts = ImmutableDictionary<string, Direction>.Empty;

    private BlackHole(string orders, NodeLog log) => (_orders, _log) = (orders, log);

    /// <param name="port">The port that this node listens on.</param>
    /// <returns>Null in every process that is not under test.</returns>
    public static BlackHole? Of(NodeOptions options, int port, NodeLog log) =>
        Of(options, port, log, Environment.GetEnvironmentVariable(Variable));

    internal static BlackHole? Of(NodeOptions options, int port, NodeLog log, string? folder)
    {
        if (string.IsNullOrEmpty(folder) || options.Tls is not null || !Exposure.IsLoopback(options.Bind)) return null;
        return new BlackHole(Path.Combine(folder, new SeedAddress(options.Host, port).ToString()), log);
    }

    /// <summary>Obeys from now on; returns when what is ordered at the moment is in force.</summary>
    public async Task OpenAsync(ActorSystem system)
    {
        await LookAsync(system, isFirst: true);
        _ = ObeyAsync(system);
    }

    private async Task ObeyAsync(ActorSystem system)
    {
        using var timer = new PeriodicTimer(LookEvery, TimeProvider.System);
        while (await timer.WaitForNextTickAsync() && !system.WhenTerminated.IsCompleted)
        {
            try
            {
                await LookAsync(system, isFirst: false);
            }
            catch (Exception e) when (e is IOException or AskTimeoutException or RemoteTransportException)
            {
                _log.Warn($"{Variable}: not obeyed yet ({e.GetType().Name})");
            }
        }
    }

    private async Task LookAsync(ActorSystem system, bool isFirst)
    {
        var wanted = File.Exists(_orders) ? Read(await File.ReadAllLinesAsync(_orders)) : _cuts.Clear();
        var news = wanted.Where(cut => _cuts.GetValueOrDefault(cut.Key, (Direction)(-1)) != cut.Value).ToList();
        var healed = _cuts.Keys.Where(peer => !wanted.ContainsKey(peer)).ToList();
        if (news.Count + healed.Count == 0 && !isFirst) return;
        foreach (var peer in healed) await SetAsync(system, peer, Direction.Both, Unthrottled.Instance);
        foreach (var (peer, direction) in news) await SetAsync(system, peer, direction, Blackhole.Instance);
        _cuts = wanted;
        await File.WriteAllLinesAsync(_orders + ".now", _cuts.Select(cut => $"{Word(cut.Value)} {cut.Key}").Order());
    }

    private async Task SetAsync(ActorSystem system, string peer, Direction direction, ThrottleMode mode)
    {
        var address = Address.Parse(SeedAddress.Parse(peer)!.AkkaAddress(Scheme));
        var remoting = ((RemoteActorRefProvider)((ExtendedActorSystem)system).Provider).Transport;
        bool isSet = await remoting.ManagementCommand(new SetThrottle(address, direction, mode));
        _log.Warn($"{Variable}: {peer} {(mode is Blackhole ? Word(direction) : "healed")}{(isSet ? "" : ", refused")}");
    }

    private static ImmutableDictionary<string, Direction> Read(IEnumerable<string> lines) => lines
        .Select(line => line.Split(' ')).ToImmutableDictionary(words => words[1],
            words => words[0] == Word(Direction.Receive) ? Direction.Receive : Direction.Both);

    private static string Word(Direction direction) => direction == Direction.Receive ? "receive" : "both";
}
