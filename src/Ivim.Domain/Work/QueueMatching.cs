using System.Collections.Immutable;

namespace Ivim.Domain.Work;

/// <content>Which worker gets which item.</content>
public sealed partial record QueueState
{
    private const int DurationsKept = 33;

    private ImmutableDictionary<string, (WorkerLabels Labels, TimeSpan At)> Workers { get; init; } =
        ImmutableDictionary<string, (WorkerLabels, TimeSpan)>.Empty;

    /// <summary>Items that ran out of memory, with the memory of the largest worker that was too small.</summary>
    private ImmutableDictionary<ItemId, long> LeastMemory { get; init; } = ImmutableDictionary<ItemId, long>.Empty;

    /// <summary>How long items of a kind took lately.</summary>
    private ImmutableDictionary<(Stage, bool), ImmutableList<TimeSpan>> Durations { get; init; } =
        ImmutableDictionary<(Stage, bool), ImmutableList<TimeSpan>>.Empty;

    /// <summary>Load and workers, as anybody may ask.</summary>
    public QueueLoad Load(TimeSpan now)
    {
        var heard = Workers.Values.Where(worker => now - worker.At <= Rules.LeaseTime)
            .OrderBy(worker => worker.Labels.Name, StringComparer.Ordinal);
        return new QueueLoad(Ready.Count, Leases.Count, Waiting.Count, [.. heard.Select(worker =>
        {
            var lease = HeldBy(worker.Labels.Name);
            return new WorkerLoad(LabelsOf(worker.Labels, lease), lease?.Item.Id, lease?.Fraction ?? 0,
                now - worker.At);
        })], Unfit(now), [.. SeenClasses.Order(StringComparer.Ordinal)]);
    }

    /// <summary>Whether a worker was heard of lately.</summary>
    public bool Knows(string worker) => Workers.ContainsKey(worker);

    /// <summary>Gives ready items to waiting workers, first come first served, then slow items a second one.</summary>
    private QueueState Match(TimeSpan now)
    {
        var state = this;
        foreach (var worker in Waiting.Where(worker => now - SeenAt(worker.Name) <= Rules.WaitTime))
        {
            if (state.FirstFor(worker, now) is { } item) state = state.Grant(item, worker, now);
            else if (state.SlowFor(worker, now) is { } slow) state = state.Hedge(slow, worker, now);
        }
        return state;
    }

    private WorkItem? FirstFor(WorkerLabels worker, TimeSpan now) =>
        Ready.Values.FirstOrDefault(item =>
            worker.CanRun(item) && HasRoom(worker, item, now) && !IsForAnother(worker, item, now));

    /// <summary>An item that ran out of memory goes to the largest worker that waits, and to none too small.</summary>
    private bool HasRoom(WorkerLabels worker, WorkItem item, TimeSpan now)
    {
        if (!LeastMemory.TryGetValue(item.Id, out long least)) return true;
        // Where the largest is gone the largest that there is has to do: better a second failure than no end.
        least = Math.Min(least, Workers.Values.Where(seen => seen.Labels.CanRun(item))
            .Select(seen => seen.Labels.MemoryBytes).DefaultIfEmpty().Max());
        return worker.MemoryBytes >= least && !Waiting.Any(other => other.MemoryBytes > worker.MemoryBytes
            && other.CanRun(item) && now - SeenAt(other.Name) <= Rules.WaitTime);
    }

    private QueueState Grant(WorkItem item, WorkerLabels worker, TimeSpan now)
    {
        var lease = Lease.Begin(item, worker.Name, NextEpoch, now, Rules.LeaseTime) with { Turn = Turns[item.Id] };
        return RemoveReady(item.Id).Hold(lease).Serve(worker, lease);
    }

    private QueueState Hedge(Lease slow, WorkerLabels worker, TimeSpan now)
    {
        var lease = Lease.Begin(slow.Item, worker.Name, NextEpoch, now, Rules.LeaseTime) with
        {
            IsHedge = true, Turn = slow.Turn,
        };
        return (this with { Hedges = Hedges.Add(slow.Item.Id, lease) }).Serve(worker, lease);
    }

    private QueueState Serve(WorkerLabels worker, Lease lease) => Say(new QueueOutcome.Granted(lease, false)) with
    {
        Waiting = Waiting.Remove(worker), NextEpoch = NextEpoch + 1,
    };

    /// <summary>The item that has the longest way to go, of those that another process may try too.</summary>
    private Lease? SlowFor(WorkerLabels worker, TimeSpan now)
    {
        if (Hedges.Count > (int)(QueueRules.HedgedShare * Leases.Count)) return null;
        return Leases.Values.Where(lease => !Hedges.ContainsKey(lease.Item.Id) && worker.CanRun(lease.Item)
                && WorkerLabels.NodeOf(lease.Worker) != worker.Node && HasRoom(worker, lease.Item, now)
                && IsSlow(lease, now))
            .OrderByDescending(lease => lease.Remaining(now)).ThenBy(lease => lease.Epoch).FirstOrDefault();
    }

    private bool IsSlow(Lease lease, TimeSpan now)
    {
        if (now - lease.MovedAt > Rules.StallTime) return true;
        if (Durations.GetValueOrDefault(KindOf(lease)) is not { Count: >= QueueRules.LeastDurations } known)
            return false;
        var median = known.Order().ElementAt(known.Count / 2);
        // What has not run for that long yet is not late: its pace so far is mostly its start.
        return now - lease.Since > median && lease.Remaining(now) > median * Rules.HedgeFactor;
    }

    /// <summary>How long a settled item took; two workers leave open whose time it was.</summary>
    /// <remarks>
    /// A lease that was adopted began before this queue did, and a result that was in the store took no time at all:
    /// learnt from, they would make every honest training look late.
    /// </remarks>
    private QueueState Learn(ItemId id, TimeSpan now)
    {
        if (!Leases.TryGetValue(id, out var lease) || lease.IsHedge || Hedges.ContainsKey(id)) return this;
        var took = now - lease.Since;
        if (lease.FirstFraction > 0 || took < QueueRules.LeastDuration) return this;
        var known = Durations.GetValueOrDefault(KindOf(lease), []).Add(took);
        if (known.Count > DurationsKept) known = known.RemoveAt(0);
        return this with { Durations = Durations.SetItem(KindOf(lease), known) };
    }

    private QueueState NeedMemoryOf(Lease lease)
    {
        long known = LeastMemory.GetValueOrDefault(lease.Item.Id);
        long memory = Workers.TryGetValue(lease.Worker, out var worker) ? worker.Labels.MemoryBytes : 0;
        return this with { LeastMemory = LeastMemory.SetItem(lease.Item.Id, Math.Max(known, memory)) };
    }

    private static (Stage, bool) KindOf(Lease lease) => (lease.Item.Name.Stage, lease.Item.Name.IsWeights);

    private QueueState See(WorkerLabels worker, TimeSpan now) => this with
    {
        Workers = Workers.SetItem(worker.Name, (worker, now)),
        SeenClasses = worker.IsKnown ? SeenClasses.Add(worker.NumericClass) : SeenClasses,
    };

    /// <summary>A renewal does not say what its worker can do; what it said last stays known.</summary>
    private QueueState Hear(string worker, TimeSpan now) => See(
        Workers.TryGetValue(worker, out var known) ? known.Labels : WorkerLabels.Unknown(worker), now);

    private TimeSpan SeenAt(string worker) =>
        Workers.TryGetValue(worker, out var seen) ? seen.At : TimeSpan.MinValue / 2;
}
