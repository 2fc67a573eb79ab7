using Ivim.Domain.Aggregation;
using Ivim.Domain.Studies;

namespace Ivim.Actors.Wire;

/// <summary>What an aggregator is told and asked, and what it answers.</summary>
internal static class AggregateMessagesWire
{
    public static Protos.OpenAggregate Write(AggregateCommand.Open c) => new()
    {
        Study = c.Study.Value,
        ProtocolDocument = c.ProtocolDocument,
        NumericClass = c.NumericClass,
        Frame = SharedWire.Write(c.Frame),
        SlabCount = c.SlabCount,
        Reopenings = c.Reopenings,
    };

    public static AggregateCommand.Open Read(Protos.OpenAggregate shape) => new(new StudyId(shape.Study),
        shape.ProtocolDocument, shape.NumericClass, SharedWire.Read(shape.Frame), shape.SlabCount, shape.Reopenings);

    public static Protos.MergeSlab Write(AggregateCommand.MergeSlab c)
    {
        var shape = new Protos.MergeSlab { Study = c.Study.Value, Slab = c.Slab };
        shape.Members.AddRange(c.Members.Select(SharedWire.Write));
        return shape;
    }

    public static AggregateCommand.MergeSlab Read(Protos.MergeSlab shape) =>
        new(new StudyId(shape.Study), shape.Slab, SharedWire.Read(shape.Members));

    public static Protos.PublishAgain Write(AggregateCommand.PublishAgain c) => new()
    {
        Study = c.Study.Value, Round = c.Round,
    };

    public static AggregateCommand.PublishAgain Read(Protos.PublishAgain shape) =>
        new(new StudyId(shape.Study), shape.Round);

    public static Protos.ReopenAggregate Write(AggregateCommand.Reopen c) => new() { Study = c.Study.Value };

    public static AggregateCommand.Reopen Read(Protos.ReopenAggregate shape) => new(new StudyId(shape.Study));

    public static Protos.CancelAggregate Write(AggregateCommand.Cancel c) => new()
    {
        Study = c.Study.Value, Reopenings = c.Reopenings,
    };

    public static AggregateCommand.Cancel Read(Protos.CancelAggregate shape) =>
        new(new StudyId(shape.Study), shape.Reopenings);

    public static Protos.AggregateProgressQuery Write(AggregateQuery.Progress q) => new() { Study = q.Study.Value };

    public static AggregateQuery.Progress Read(Protos.AggregateProgressQuery shape) => new(new StudyId(shape.Study));

    public static Protos.AggregateProgress Write(AggregateProgress p)
    {
        var shape = new Protos.AggregateProgress { Study = p.Study.Value, Phase = (int)p.Phase, Round = p.Round };
        shape.Stages.AddRange(p.Stages.Select(SharedWire.Write));
        if (p.Failure is { } failure) shape.Failure = SharedWire.Write(failure);
        shape.Notes.AddRange(p.Notes);
        shape.Alarms.AddRange(p.Alarms.Select(SharedWire.Write));
        return shape;
    }

    public static AggregateProgress Read(Protos.AggregateProgress shape) => new(new StudyId(shape.Study),
        SharedWire.Enumeration<StudyPhase>(shape.Phase), SharedWire.Read(shape.Stages), shape.Round,
        SharedWire.ReadOptional(shape.Failure), [.. shape.Notes], [.. shape.Alarms.Select(SharedWire.Read)]);
}
