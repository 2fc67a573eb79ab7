using Ivim.Domain.Aggregation;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;

namespace Ivim.Actors.Wire;

/// <summary>What the journal of an aggregator holds.</summary>
internal static class AggregateEventsWire
{
    public static Protos.AggregateOpened Write(AggregateEvent.Opened e) => new()
    {
        Study = e.Study.Value,
        ProtocolDocument = e.ProtocolDocument,
        NumericClass = e.NumericClass,
        Frame = SharedWire.Write(e.Frame),
        SlabCount = e.SlabCount,
    };

    public static AggregateEvent.Opened Read(Protos.AggregateOpened shape) => new(new StudyId(shape.Study),
        shape.ProtocolDocument, shape.NumericClass, SharedWire.Read(shape.Frame), shape.SlabCount);

    public static Protos.AggregateSlabReady Write(AggregateEvent.SlabReady e)
    {
        var shape = new Protos.AggregateSlabReady { Slab = e.Slab };
        shape.Members.AddRange(e.Members.Select(SharedWire.Write));
        return shape;
    }

    public static AggregateEvent.SlabReady Read(Protos.AggregateSlabReady shape) =>
        new(shape.Slab, SharedWire.Read(shape.Members));

    public static Protos.AggregateSlabMerged Write(AggregateEvent.SlabMerged e) => new()
    {
        Slab = e.Slab, Key = e.Key.Hex, Result = SharedWire.Write(e.Result),
    };

    public static AggregateEvent.SlabMerged Read(Protos.AggregateSlabMerged shape) =>
        new(shape.Slab, new ContentKey(shape.Key), SharedWire.Read(shape.Result));

    public static Protos.AggregatePolished Write(AggregateEvent.Polished e) => new()
    {
        Key = e.Key.Hex, Result = SharedWire.Write(e.Result),
    };

    public static AggregateEvent.Polished Read(Protos.AggregatePolished shape) =>
        new(new ContentKey(shape.Key), SharedWire.Read(shape.Result));

    public static Protos.AggregateAssembled Write(AggregateEvent.Assembled e) => new()
    {
        Key = e.Key.Hex, Result = SharedWire.Write(e.Result),
    };

    public static AggregateEvent.Assembled Read(Protos.AggregateAssembled shape) =>
        new(new ContentKey(shape.Key), SharedWire.Read(shape.Result));

    public static Protos.AggregatePublished Write(AggregateEvent.Published e) => new()
    {
        Round = e.Round, Key = e.Key.Hex, Result = SharedWire.Write(e.Result),
    };

    public static AggregateEvent.Published Read(Protos.AggregatePublished shape) =>
        new(shape.Round, new ContentKey(shape.Key), SharedWire.Read(shape.Result));

    public static Protos.AggregatePublicationWanted Write(AggregateEvent.PublicationWanted e) =>
        new() { Round = e.Round };

    public static AggregateEvent.PublicationWanted Read(Protos.AggregatePublicationWanted shape) => new(shape.Round);

    public static Protos.AggregateAttemptFailed Write(AggregateEvent.AttemptFailed e) => new()
    {
        Attempt = SharedWire.Attempt(e.Item, e.Worker, e.Epoch, e.Failure),
    };

    public static AggregateEvent.AttemptFailed Read(Protos.AggregateAttemptFailed shape)
    {
        var attempt = SharedWire.Present(shape.Attempt, "attempt");
        return new(SharedWire.Read(attempt.Item), attempt.Worker, attempt.Epoch, SharedWire.Read(attempt.Failure));
    }

    public static Protos.AggregateResultLost Write(AggregateEvent.ResultLost e) => new()
    {
        Lost = new() { Item = SharedWire.Write(e.Item), ArtifactSha256 = e.ArtifactSha256 },
    };

    public static AggregateEvent.ResultLost Read(Protos.AggregateResultLost shape)
    {
        var lost = SharedWire.Present(shape.Lost, "lost result");
        return new(SharedWire.Read(lost.Item), lost.ArtifactSha256);
    }

    public static Protos.AggregateFailed Write(AggregateEvent.Failed e) => new()
    {
        Failed = new() { Item = SharedWire.Write(e.Item), Failure = SharedWire.Write(e.Failure) },
    };

    public static AggregateEvent.Failed Read(Protos.AggregateFailed shape)
    {
        var failed = SharedWire.Present(shape.Failed, "failed item");
        return new(SharedWire.Read(failed.Item), SharedWire.Read(failed.Failure));
    }

    public static Protos.AggregateCancelled Write(AggregateEvent.Cancelled e) => new() { Reopenings = e.Reopenings };

    public static AggregateEvent.Cancelled Read(Protos.AggregateCancelled shape) => new(shape.Reopenings);

    public static Protos.AggregateResultDoubted Write(AggregateEvent.ResultDoubted e) =>
        new() { Doubted = SharedWire.Failed(e.Item, e.Failure) };

    public static AggregateEvent.ResultDoubted Read(Protos.AggregateResultDoubted shape)
    {
        var doubt = SharedWire.ReadDoubt(shape.Doubted);
        return new(doubt.Item, doubt.Failure);
    }

    public static Protos.AggregateReopened Write(AggregateEvent.Reopened _) => new();

    public static AggregateEvent.Reopened Read(Protos.AggregateReopened _) => new();
}
