using System.Collections.Immutable;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Aggregation;

/// <summary>
/// The parts of an <see cref="AggregateState"/>: what its events so far come to. Only a cache of them.
/// </summary>
public sealed record AggregateStateSnapshot(
    StudyId Study,
    string ProtocolDocument,
    string NumericClass,
    WorkInput Frame,
    int SlabCount,
    ImmutableArray<SlabMembers> Members,
    ItemLedgerSnapshot Ledger,
    StudyPhase Phase,
    int Reopenings,
    int Round,
    WorkFailure? Failure,
    ImmutableArray<DoubtedItem> Doubts);

/// <summary>The members of a slab that may be merged.</summary>
public sealed record SlabMembers(int Slab, ImmutableArray<WorkInput> Members);
