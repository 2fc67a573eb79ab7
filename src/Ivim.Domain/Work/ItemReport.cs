using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;

namespace Ivim.Domain.Work;

/// <summary>What a worker tells the owner of an item, again and again until the owner has it on disk.</summary>
public abstract record ItemReport(StudyId Study, ItemName Item, ContentKey Key) : IForStudy
{
    public sealed record Finished(StudyId Study, ItemName Item, ContentKey Key, WorkResult Result)
        : ItemReport(Study, Item, Key);

    /// <param name="Worker">With <paramref name="Epoch"/>, tells a repeated report from a second failure.</param>
    public sealed record Failed(StudyId Study, ItemName Item, ContentKey Key, string Worker, long Epoch,
        WorkFailure Failure) : ItemReport(Study, Item, Key);
}

/// <summary>The owner has taken a report about this key: what follows from it is on disk.</summary>
public sealed record ItemReceipt(StudyId Study, ContentKey Key);
