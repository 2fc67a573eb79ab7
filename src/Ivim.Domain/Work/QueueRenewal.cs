using System.Collections.Immutable;
using Ivim.Domain.Studies;

namespace Ivim.Domain.Work;

/// <content>Leases that live on, come to life again, or end because their worker says nothing.</content>
public sealed partial record QueueState
{
    /// <summary>Renewals of items that no owner has offered yet: this queue is new.</summary>
    private ImmutableDictionary<ItemId, Claim> Claims { get; init; } = ImmutableDictionary<ItemId, Claim>.Empty;

    /// <summary>
    /// Items that are settled or withdrawn, with the time: a renewal of one is late. One that is offered again soon,
    /// because its machine had held it up or its result was lost, has its old turn.
    /// </summary>
    private ImmutableDictionary<ItemId, (TimeSpan At, long? Turn)> Gone { get; init; } =
        ImmutableDictionary<ItemId, (TimeSpan, long?)>.Empty;

    private ImmutableDictionary<StudyId, TimeSpan> GoneStudies { get; init; } =
        ImmutableDictionary<StudyId, TimeSpan>.Empty;

    /// <summary>
    /// Epochs of leases that were taken from living workers, so that no late renewal takes them back.
    /// </summary>
    private ImmutableDictionary<long, TimeSpan> Revoked { get; init; } = ImmutableDictionary<long, TimeSpan>.Empty;

    /// <summary>When a process last lost a lease by silence.</summary>
    private ImmutableDictionary<string, TimeSpan> Silences { get; init; } =
        ImmutableDictionary<string, TimeSpan>.Empty;

    private TimeSpan ForgottenAt { get; init; }

    private QueueState Renew(QueueCommand.Renew renewal, TimeSpan now)
    {
        var state = Hear(renewal.Worker, now);
        if (state.Find(renewal.Worker, renewal.Item, renewal.Epoch) is { } lease)
            return state.Hold(lease.Renewed(renewal.Fraction, renewal.MemoryShare, now, Rules.LeaseTime));
        if (IsLate(renewal)) return state.Refuse(renewal);
        if (Turns.TryGetValue(renewal.Item, out long turn))
            return Ready[(turn, renewal.Item)].Key == renewal.Key ? state.Adopt(renewal, now) : state.Refuse(renewal);
        return state.ClaimItem(renewal, now);
    }

    /// <summary>Whether a word comes after the end of its lease, and not merely after its silence.</summary>
    private bool IsLate(QueueCommand.Renew renewal) =>
        Leases.ContainsKey(renewal.Item) || Gone.ContainsKey(renewal.Item)
        || GoneStudies.ContainsKey(renewal.Item.Study) || Revoked.ContainsKey(renewal.Epoch)
            || HeldBy(renewal.Worker) is { } later && later.Epoch > renewal.Epoch;

    private QueueState ClaimItem(QueueCommand.Renew renewal, TimeSpan now)
    {
        var claim = new Claim(renewal, now, now);
        if (Claims.TryGetValue(renewal.Item, out var old) && old.HeardAt + Rules.LeaseTime >= now)
        {
            bool isSame = old.Renewal.Worker == renewal.Worker && old.Renewal.Epoch == renewal.Epoch;
            if (!isSame || now - old.Since > Rules.ClaimTime) return Refuse(renewal);
            claim = claim with { Since = old.Since };
        }
        return this with { Claims = Claims.SetItem(renewal.Item, claim) };
    }

    /// <summary>A ready item goes back to the worker that never ceased to work on it.</summary>
    private QueueState Adopt(QueueCommand.Renew renewal, TimeSpan now)
    {
        long turn = Turns[renewal.Item];
        var lease = Lease.Begin(Ready[(turn, renewal.Item)], renewal.Worker, renewal.Epoch, now, Rules.LeaseTime)
            .Renewed(renewal.Fraction, renewal.MemoryShare, now, Rules.LeaseTime) with { Turn = turn };
        var state = HeldBy(renewal.Worker) is { } other ? GiveBack(other) : this;
        return state.RemoveReady(renewal.Item).Hold(lease).Say(new QueueOutcome.Adopted(lease)) with
        {
            NextEpoch = Math.Max(NextEpoch, renewal.Epoch + 1),
            Waiting = Waiting.RemoveAll(worker => worker.Name == renewal.Worker),
        };
    }

    private QueueState Refuse(QueueCommand.Renew renewal) =>
        Say(new QueueOutcome.Refused(renewal.Worker, renewal.Item, renewal.Epoch));

    /// <summary>Leases past their deadline go back to the ready items.</summary>
    private QueueState Expire(TimeSpan now)
    {
        var state = this;
        foreach (var lease in Held().Where(lease => lease.Deadline < now))
        {
            var node = WorkerLabels.NodeOf(lease.Worker);
            bool isShared = state.Held().Any(other =>
                    other.Epoch != lease.Epoch && WorkerLabels.NodeOf(other.Worker) == node)
                || state.Silences.TryGetValue(node, out var last) && now - last <= Rules.LeaseTime;
            if (!isShared && lease.MemoryShare >= QueueRules.OutOfMemoryShare) state = state.NeedMemoryOf(lease);
            state = state.Say(new QueueOutcome.Expired(lease, isShared)).Avoid(lease, now).GiveBack(lease) with
            {
                Silences = state.Silences.SetItem(node, now),
            };
        }
        return state;
    }

    /// <summary>A worker that renews and gets nowhere keeps its item only for so long.</summary>
    private QueueState TakeFromHung(TimeSpan now)
    {
        var state = this;
        foreach (var lease in Held().Where(lease => lease.Fraction < 1 && now - lease.MovedAt > Rules.HangTime))
            state = (state with { Revoked = state.Revoked.SetItem(lease.Epoch, now) })
                .Say(new QueueOutcome.Hung(lease)).Avoid(lease, now).GiveBack(lease);
        return state;
    }

    /// <summary>What nobody can be late about any more.</summary>
    private QueueState Forget(TimeSpan now)
    {
        if (now - ForgottenAt < Rules.LeaseTime) return this;
        bool IsOld(TimeSpan at) => now - at > Rules.ClaimTime;
        return this with
        {
            ForgottenAt = now,
            Gone = Gone.RemoveRange(Gone.Where(entry => IsOld(entry.Value.At)).Select(entry => entry.Key)),
            GoneStudies = GoneStudies.RemoveRange(
                GoneStudies.Where(entry => IsOld(entry.Value)).Select(entry => entry.Key)),
            Revoked = Revoked.RemoveRange(Revoked.Where(entry => IsOld(entry.Value)).Select(entry => entry.Key)),
            Silences = Silences.RemoveRange(Silences.Where(entry => IsOld(entry.Value)).Select(entry => entry.Key)),
            Claims = Claims.RemoveRange(Claims.Where(entry => IsOld(entry.Value.HeardAt)).Select(entry => entry.Key)),
            Workers = Workers.RemoveRange(Workers.Where(entry => IsOld(entry.Value.At)).Select(entry => entry.Key)),
            Waiting = Waiting.RemoveAll(worker => now - SeenAt(worker.Name) > Rules.WaitTime),
        };
    }

    /// <summary>An offered item is wanted, whatever was said before.</summary>
    private QueueState Remember(ItemId id) =>
        this with { Gone = Gone.Remove(id), GoneStudies = GoneStudies.Remove(id.Study) };

    private IEnumerable<Lease> Held() => Leases.Values.Concat(Hedges.Values).OrderBy(lease => lease.Epoch);

    private sealed record Claim(QueueCommand.Renew Renewal, TimeSpan Since, TimeSpan HeardAt);
}
