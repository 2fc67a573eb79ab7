using Ivim.Domain.Artifacts;

namespace Ivim.Domain.Work;

public sealed record Settled(ContentKey Key, WorkResult Result);

/// <summary>An item of which two different results are known.</summary>
public sealed record DoubtedItem(ItemName Item, WorkFailure Failure);

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

    /// <summary>The worker found another result of the item's key: as if both had been reported.</summary>
    Mismatch,
}
