using Akka.Actor;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Work;

/// <summary>Something that happened to an item, for the history. Published on the local event stream.</summary>
/// <param name="Fact">
/// Of the queue `leased`, `expired`, `adopted`, `refused`, `released`, `settled`; of a worker `started`, `resumed`,
/// `checkpointed`, `ended`, `reported`; of an owner `submitted`, `planned`, `counted`, `duplicate`, `stale`,
/// `mismatch`, `attempt`, `failed`, `cancelled`, `published`.
/// </param>
public sealed record WorkFact(string Fact) : INoSerializationVerificationNeeded
{
    public StudyId? Study { get; init; }

    public ItemName? Item { get; init; }

    public ContentKey? Key { get; init; }

    public string? Worker { get; init; }

    public long? Epoch { get; init; }

    /// <summary>SHA-256 over the outputs of a result.</summary>
    public string? Hash { get; init; }

    /// <summary>Training steps: of a checkpoint, or executed in a run.</summary>
    public int? Steps { get; init; }

    public int? FromStep { get; init; }

    public string? Cause { get; init; }

    public string? Code { get; init; }

    public double? Fraction { get; init; }

    /// <summary>Items of the study.</summary>
    public int? Total { get; init; }

    internal static WorkFact Of(string fact, WorkItem item) =>
        new(fact) { Study = item.Study, Item = item.Name, Key = item.Key };

    internal static WorkFact Of(string fact, Lease lease) => Of(fact, lease.Item) with
    {
        Worker = lease.Worker, Epoch = lease.Epoch,
    };

    internal static WorkFact Of(string fact, ItemReport report) =>
        new(fact) { Study = report.Study, Item = report.Item, Key = report.Key };
}
