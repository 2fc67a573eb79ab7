using System.Collections.Immutable;
using Ivim.Domain.Artifacts;

namespace Ivim.Domain.Work;

/// <summary>Which items of an owner are settled, and which attempts failed. Pure.</summary>
public sealed record ItemLedger
{
    /// <summary>An item that fails so often, on its own account, is quarantined.</summary>
    public const int MaximumAttempts = 3;

    /// <summary>Running out of memory is tried once more, then quarantined.</summary>
    public const int MaximumOutOfMemory = 2;

    /// <summary>An item whose artifact is lost more often than this has a disk that cannot be trusted.</summary>
    public const int MaximumLosses = 5;

    /// <summary>An item that crashed so many different workers is quarantined.</summary>
    public const int MaximumCrashedWorkers = 2;

    /// <summary>As many crashes of one worker, where there is no other.</summary>
    public const int MaximumCrashes = 4;

    /// <summary>An item that lost so many workers in a row without getting any further is quarantined.</summary>
    public const int MaximumLostWorkers = 5;

    public static ItemLedger Empty { get; } = new();

    public ImmutableSortedDictionary<ItemName, Settled> Results { get; private init; } =
        ImmutableSortedDictionary<ItemName, Settled>.Empty;

    /// <summary>Former results of items that are open again: a second making has to agree with the first.</summary>
    public ImmutableSortedDictionary<ItemName, Settled> Lost { get; private init; } =
        ImmutableSortedDictionary<ItemName, Settled>.Empty;

    public ImmutableList<FailedAttempt> Attempts { get; private init; } = [];

    internal Safeguards Safeguards { get; init; } = Safeguards.All;

    private ImmutableDictionary<ItemName, int> Losses { get; init; } = ImmutableDictionary<ItemName, int>.Empty;

    public static ItemLedger From(ItemLedgerSnapshot snapshot) => new()
    {
        Results = snapshot.Results.ToImmutableSortedDictionary(r => r.Item, r => new Settled(r.Key, r.Result)),
        Lost = snapshot.Lost.ToImmutableSortedDictionary(r => r.Item, r => new Settled(r.Key, r.Result)),
        Attempts = [.. snapshot.Attempts],
        Losses = snapshot.Losses.ToImmutableDictionary(losses => losses.Item, losses => losses.Count),
    };

    public ItemLedgerSnapshot ToSnapshot() => new(
        [.. Results.Select(r => new SettledItem(r.Key, r.Value.Key, r.Value.Result))],
        [.. Lost.Select(r => new SettledItem(r.Key, r.Value.Key, r.Value.Result))],
        [.. Attempts],
        [.. Losses.OrderBy(losses => losses.Key).Select(losses => new ItemLosses(losses.Key, losses.Value))]);

    public ItemLedger Settle(ItemName item, ContentKey key, WorkResult result) =>
        this with { Results = Results.SetItem(item, new Settled(key, result)), Lost = Lost.Remove(item) };

    public ItemLedger Reopen(ItemName item) => Results.TryGetValue(item, out var settled)
        ? this with { Results = Results.Remove(item), Lost = Lost.SetItem(item, settled) }
        : this;

    /// <summary>As <see cref="Reopen"/>, because an artifact of the item could not be read.</summary>
    public ItemLedger Lose(ItemName item) =>
        Reopen(item) with { Losses = Losses.SetItem(item, Losses.GetValueOrDefault(item) + 1) };

    /// <summary>Whether making the item's artifacts once more is of no use.</summary>
    public bool LosesAgainAndAgain(ItemName item) => Losses.GetValueOrDefault(item) >= MaximumLosses;

    /// <summary>How often an artifact of the item was lost since the owner was last submitted.</summary>
    public int LossesOf(ItemName item) => Losses.GetValueOrDefault(item);

    public ItemLedger Count(ItemName item, string worker, long epoch, WorkFailure failure) =>
        this with { Attempts = Attempts.Add(new FailedAttempt(item, worker, epoch, failure)) };

    /// <summary>The failure that ended the owner: its last attempt, whoever made it.</summary>
    public ItemLedger End(ItemName item, WorkFailure failure) => Count(item, worker: "", epoch: 0, failure);

    public ItemLedger ForgetAttempts() =>
        this with { Attempts = [], Losses = ImmutableDictionary<ItemName, int>.Empty };

    /// <summary>What a finished item means, given that its present key is <paramref name="expected"/>.</summary>
    public ResultVerdict Judge(ItemReport.Finished report, ContentKey? expected)
    {
        if (Safeguards.FirstResultWins && Results.TryGetValue(report.Item, out var settled)
            && settled.Key == report.Key)
            return Agree(settled, report) ? ResultVerdict.Known : ResultVerdict.Mismatch;
        if (expected != report.Key) return ResultVerdict.Stale;
        bool isAnother = Lost.TryGetValue(report.Item, out var lost) && lost.Key == report.Key && !Agree(lost, report);
        return isAnother ? ResultVerdict.Mismatch : ResultVerdict.Counts;
    }

    /// <summary>What a failed attempt means.</summary>
    public FailureVerdict Judge(ItemReport.Failed report, ContentKey? expected)
    {
        bool isPresent = expected == report.Key
            || Results.TryGetValue(report.Item, out var settled) && settled.Key == report.Key;
        if (isPresent && Failures.IsMismatch(report.Failure)) return FailureVerdict.Mismatch;
        if (Results.ContainsKey(report.Item) || expected != report.Key || IsRepeated(report))
            return FailureVerdict.Known;
        return report.Failure.Class switch
        {
            FailureClass.Infrastructure => FailureVerdict.Wait,
            FailureClass.LostInput => FailureVerdict.Restore,
            FailureClass.BadInput => FailureVerdict.End,
            _ => IsHopeless(report) ? FailureVerdict.End : FailureVerdict.Retry,
        };
    }

    private bool IsHopeless(ItemReport.Failed report) => report.Failure.Class switch
    {
        FailureClass.OutOfMemory => AttemptsOf(report) >= MaximumOutOfMemory,
        FailureClass.WorkerCrashed => CrashedWorkers(report) >= MaximumCrashedWorkers
            || AttemptsOf(report) >= MaximumCrashes,
        FailureClass.WorkerLost => LossesWithoutNewGround(report) >= MaximumLostWorkers,
        _ => AttemptsOf(report) >= MaximumAttempts,
    };

    /// <summary>The settled item that made an artifact; null where it is none of ours.</summary>
    public ItemName? MakerOf(string artifactSha256) => Maker(Results, artifactSha256);

    /// <summary>The open item that once made an artifact, and will again.</summary>
    public ItemName? FormerMakerOf(string artifactSha256) => Maker(Lost, artifactSha256);

    private static ItemName? Maker(ImmutableSortedDictionary<ItemName, Settled> results, string artifactSha256)
    {
        foreach (var (name, settled) in results)
            if (settled.Result.Outputs.Any(output => output.Artifact.Sha256 == artifactSha256)) return name;
        return null;
    }

    /// <summary>Attempts of the same class, this one included.</summary>
    private int AttemptsOf(ItemReport.Failed report) =>
        1 + Attempts.Count(attempt => IsAlike(attempt, report));

    /// <remarks>A process crashes once: a second slot of it may have got the item by a letter that came late.</remarks>
    private int CrashedWorkers(ItemReport.Failed report) => Attempts
        .Where(attempt => IsAlike(attempt, report)).Select(attempt => attempt.Worker).Append(report.Worker)
        .Select(WorkerLabels.NodeOf).Distinct().Count();

    /// <summary>The losses in a row, this one last, since the item last got further than ever before.</summary>
    private int LossesWithoutNewGround(ItemReport.Failed report)
    {
        var (furthest, losses) = (double.NegativeInfinity, 0);
        foreach (var attempt in Attempts.Where(attempt => IsAlike(attempt, report))) Take(attempt.Failure);
        Take(report.Failure);
        return losses;

        void Take(WorkFailure failure)
        {
            double reached = failure.Fraction ?? 0;
            (furthest, losses) = reached > furthest ? (reached, 1) : (furthest, losses + 1);
        }
    }

    private static bool IsAlike(FailedAttempt attempt, ItemReport.Failed report) =>
        attempt.Item == report.Item && attempt.Failure.Class == report.Failure.Class;

    private bool Agree(Settled known, ItemReport.Finished report) =>
        !Safeguards.HashCheck || known.Result.Agrees(report.Result);

    private bool IsRepeated(ItemReport.Failed report) =>
        Attempts.Any(a => a.Item == report.Item && a.Worker == report.Worker && a.Epoch == report.Epoch);
}
