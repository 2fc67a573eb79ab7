using System.Collections.Immutable;
using Ivim.Domain.Artifacts;

namespace Ivim.Domain.Work;

/// <summary>
/// The parts of an <see cref="ItemLedger"/>, in order of their items. Stored: a shape is never edited.
/// </summary>
public sealed record ItemLedgerSnapshot(
    ImmutableArray<SettledItem> Results,
    ImmutableArray<SettledItem> Lost,
    ImmutableArray<FailedAttempt> Attempts,
    ImmutableArray<ItemLosses> Losses);

public sealed record SettledItem(ItemName Item, ContentKey Key, WorkResult Result);

/// <summary>How often artifacts of an item were lost.</summary>
public sealed record ItemLosses(ItemName Item, int Count);
