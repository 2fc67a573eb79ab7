using Ivim.Domain.Aggregation;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Wire;

/// <summary>How items stand: the questions, and the answer that both owners give.</summary>
internal static class ItemPagesWire
{
    public static Protos.ItemsQuery Write(StudyQuery.Items q) => new() { Study = q.Study.Value, From = q.From };

    public static StudyQuery.Items ReadOfStudy(Protos.ItemsQuery shape) => new(new StudyId(shape.Study), shape.From);

    public static Protos.ItemsQuery Write(AggregateQuery.Items q) => new() { Study = q.Study.Value, From = q.From };

    public static AggregateQuery.Items ReadOfAggregate(Protos.ItemsQuery shape) =>
        new(new StudyId(shape.Study), shape.From);

    public static Protos.ItemPage Write(StudyReply.Items r)
    {
        var shape = new Protos.ItemPage { Study = r.Study.Value, Next = r.Next };
        shape.Statuses.AddRange(r.Statuses.Select(Write));
        return shape;
    }

    public static StudyReply.Items Read(Protos.ItemPage shape) =>
        new(new StudyId(shape.Study), [.. shape.Statuses.Select(Read)], shape.Next);

    private static Protos.ItemStatus Write(ItemStatus status)
    {
        var shape = new Protos.ItemStatus
        {
            Name = SharedWire.Write(status.Name), Phase = (int)status.Phase, Attempts = status.Attempts,
            Code = status.Code,
        };
        shape.Outputs.AddRange(status.Outputs.Select(SharedWire.Write));
        return shape;
    }

    private static ItemStatus Read(Protos.ItemStatus shape) => new(SharedWire.Read(shape.Name),
        SharedWire.Enumeration<ItemPhase>(shape.Phase), shape.Attempts, shape.Code,
        [.. shape.Outputs.Select(SharedWire.Read)]);
}
