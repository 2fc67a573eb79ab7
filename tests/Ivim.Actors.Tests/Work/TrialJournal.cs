using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace Ivim.Actors.Tests.Work;

/// <summary>The in-memory journal of Akka, which a test can hold, break and read.</summary>
public sealed class TrialJournal : MemoryJournal
{
    private readonly JournalTrial _trial = JournalTrial.Of(Context.System);

    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages,
        CancellationToken cancellationToken)
    {
        var writes = messages.ToList();
        await _trial.AdmitAsync();
        var result = await base.WriteMessagesAsync(writes, cancellationToken);
        foreach (var write in writes.SelectMany(write => (IEnumerable<IPersistentRepresentation>)write.Payload))
            _trial.Written.Enqueue(write.Payload);
        return result;
    }

    public override Task ReplayMessagesAsync(IActorContext context, string persistenceId, long fromSequenceNr,
        long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback) =>
        _trial.ReplayFault is { } fault
            ? Task.FromException(fault)
            : base.ReplayMessagesAsync(context, persistenceId, fromSequenceNr, toSequenceNr, max, recoveryCallback);
}

/// <summary>What a test does to the journal of its actor system.</summary>
public sealed class JournalTrial : IExtension
{
    private volatile TaskCompletionSource? _gate;
    private int _waiting;

    /// <summary>Events on disk, in order.</summary>
    public ConcurrentQueue<object> Written { get; } = new();

    /// <summary>Writes that wait for <see cref="Release"/>.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public Exception? WriteFault { get; set; }

    public Exception? ReplayFault { get; set; }

    public static JournalTrial Of(ActorSystem system) => system.WithExtension<JournalTrial, Provider>();

    public void Hold() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release()
    {
        var gate = _gate;
        _gate = null;
        gate?.SetResult();
    }

    internal async Task AdmitAsync()
    {
        if (_gate is { } gate)
        {
            Interlocked.Increment(ref _waiting);
            await gate.Task;
            Interlocked.Decrement(ref _waiting);
        }
        if (WriteFault is { } fault) throw fault;
    }

    public sealed class Provider : ExtensionIdProvider<JournalTrial>
    {
        public override JournalTrial CreateExtension(ExtendedActorSystem system) => new();
    }
}
