using System.Text;
using Akka.Actor;
using Akka.Hosting;
using Ivim.Actors.Work;

namespace Ivim.Hosting.History;

/// <summary>
/// What happened on this node, one JSON line a fact (docs/history.md). It belongs to the process and outlives its
/// actor systems.
/// </summary>
/// <remarks>A disk that is full costs facts, never work: the next line that fits says how many are missing.</remarks>
public sealed class HistoryFile : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _node;
    private readonly TimeProvider _clock;
    private readonly FileStream? _file;
    private bool _isTorn;
    private int _lost;

    /// <param name="node">Name of this node; becomes the name of the file.</param>
    public HistoryFile(string folder, string node, TimeProvider clock)
        : this(Open(folder, node), node, clock)
    {
    }

    internal HistoryFile(FileStream? file, string node, TimeProvider clock) =>
        (_file, _node, _clock) = (file, node, clock);

    /// <summary>One write for each line, so that a reader never sees two facts mixed.</summary>
    public void Append(WorkFact fact)
    {
        lock (_gate)
        {
            if (_lost > 0 && TryWrite(new WorkFact("lost") { Total = _lost })) _lost = 0;
            if (!TryWrite(fact)) _lost++;
        }
    }

    /// <summary>Facts are heard from the start of the actor system on.</summary>
    public void AttachTo(ActorSystem system)
    {
        var listener = system.ActorOf(Props.Create(() => new Listener(this)), "history");
        system.EventStream.Subscribe(listener, typeof(WorkFact));
    }

    public void Dispose()
    {
        lock (_gate) _file?.Dispose();
    }

    private static FileStream? Open(string folder, string node)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new FileStream(Path.Combine(folder, node + ".jsonl"), FileMode.Append, FileAccess.Write,
                FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private bool TryWrite(WorkFact fact)
    {
        if (_file is null) return false;
        var line = HistoryLine.Of(fact, _clock.GetUtcNow(), _node, Environment.ProcessId) + "\n";
        try
        {
            // Half a line may be left of a write that failed: it is ended, and readers leave it out.
            _file.Write(Encoding.UTF8.GetBytes(_isTorn ? "\n" + line : line));
            _isTorn = false;
            return true;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or UnauthorizedAccessException)
        {
            _isTorn = true;
            return false;
        }
    }

    private sealed class Listener : ReceiveActor
    {
        public Listener(HistoryFile file) => Receive<WorkFact>(file.Append);
    }
}

/// <summary>History for nodes that were asked for it.</summary>
public static class HistoryOfNode
{
    public static AkkaConfigurationBuilder WithHistory(this AkkaConfigurationBuilder akka, HistoryFile file) =>
        akka.WithActors((system, _) => file.AttachTo(system));
}
