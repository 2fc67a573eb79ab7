using System.Collections.Immutable;
using Ivim.Domain.Work;

namespace Ivim.Domain.Studies;

/// <summary>The parts of a <see cref="StudyState"/>: what its events so far come to. Only a cache of them.</summary>
public sealed record StudyStateSnapshot(
    StudyId Study,
    StudySource Source,
    string ProtocolDocument,
    string NumericClass,
    StudyPhase Phase,
    ItemLedgerSnapshot Ledger,
    WorkFailure? Failure,
    ImmutableArray<PublishedMap> Maps,
    int Reopenings,
    int SlabCount,
    int AllowedRound,
    int AllowedLife,
    ImmutableArray<DoubtedItem> Doubts);
