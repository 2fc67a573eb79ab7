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

    public static ItemLedger Empty { get; } = new();

    public ImmutableSortedDictionary<ItemName, Settled> Results { get; private init; } =
        ImmutableSortedDictionary<ItemName, Settled>.Empty;

    /// <summary>Former results of items that are open again: a second making has to agree with the first.</summary>
    public ImmutableSortedDictionary<ItemName, Settled> Lost { get; private init; } =
        ImmutableSortedDictionary<ItemName, Settled>.Empty;

    public ImmutableList<FailedAttempt> Attempts { get; private init; } = [];

    private ImmutableDictionary<ItemName, int> Losses { get; init; } = ImmutableDictionary<ItemName, int>.Empty;

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

    public ItemLedger Count(ItemName item, string worker, long epoch, WorkFailure failure) =>
        this with { Attempts = Attempts.Add(new FailedAttempt(item, worker, epoch, failure)) };

    public ItemLedger ForgetAttempts() =>
        this with { Attempts = [], Losses = ImmutableDictionary<ItemName, int>.Empty };

    /// <summary>What a finished item means, given that its present key is <paramref name="expected"/>.</summary>
    public ResultVerdict Judge(ItemReport.Finished report, ContentKey? expected)
    {
        if (Results.TryGetValue(report.Item, out var settled) && settled.Key == report.Key)
            return settled.Result.Agrees(report.Result) ? ResultVerdict.Known : ResultVerdict.Mismatch;
        if (expected != report.Key) return ResultVerdict.Stale;
        bool isAnother = Lost.TryGetValue(report.Item, out var lost) && lost.Key == report.Key
            && !lost.Result.Agrees(report.Result);
        return isAnother ? ResultVerdict.Mismatch : ResultVerdict.Counts;
    }

    /// <summary>What a failed attempt means.</summary>
    public FailureVerdict Judge(ItemReport.Failed report, ContentKey? expected)
    {
        if (Results.ContainsKey(report.Item) || expected != report.Key || IsRepeated(report))
            return FailureVerdict.Known;
        return report.Failure.Class switch
        {
            FailureClass.Infrastructure => FailureVerdict.Wait,
            FailureClass.LostInput => FailureVerdict.Restore,
            FailureClass.BadInput => FailureVerdict.End,
            FailureClass.OutOfMemory => AttemptsOf(report) >= MaximumOutOfMemory
                ? FailureVerdict.End : FailureVerdict.Retry,
            _ => AttemptsOf(report) >= MaximumAttempts ? FailureVerdict.End : FailureVerdict.Retry,
        };
    }

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
        1 + Attempts.Count(a => a.Item == report.Item && a.Failure.Class == report.Failure.Class);

    private bool IsRepeated(ItemReport.Failed report) =>
        Attempts.Any(a => a.Item == report.Item && a.Worker == report.Worker && a.Epoch == report.Epoch);
}

public sealed record Settled(ContentKey Key, WorkResult Result);

public sealed record FailedAttempt(ItemName Item, string Worker, long Epoch, WorkFailure Failure);

public enum ResultVerdict
{
    /// <summary>The first result of the present key.</summary>
    Counts,

    /// <summary>Settled before, with the same artifacts.</summary>
    Known,

    /// <summary>Of a key that the plan no longer has.</summary>
    Stale,

    /// <summary>Settled before with other artifacts: equal key, unequal result, so determinism is broken.</summary>
    Mismatch,
}

public enum FailureVerdict
{
    /// <summary>Heard before, or of no interest any more.</summary>
    Known,

    /// <summary>The machine's fault: offer again later, count nothing.</summary>
    Wait,

    /// <summary>Make the lost input again first.</summary>
    Restore,

    /// <summary>Offer again.</summary>
    Retry,

    /// <summary>Give up the study.</summary>
    End,
}
