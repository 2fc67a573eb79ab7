using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;

namespace Ivim.Actors.Wire;

/// <summary>What the journal of a study holds.</summary>
internal static class StudyEventsWire
{
    public static Protos.StudySubmitted Write(StudyEvent.Submitted e) => new()
    {
        Study = e.Study.Value,
        Source = Write(e.Source),
        ProtocolDocument = e.ProtocolDocument,
        NumericClass = e.NumericClass,
        AtUtcTicks = e.At.UtcTicks,
    };

    public static StudyEvent.Submitted Read(Protos.StudySubmitted shape) => new(new StudyId(shape.Study),
        Read(shape.Source), shape.ProtocolDocument, shape.NumericClass, Moment(shape.AtUtcTicks));

    public static Protos.StudyPrepared Write(StudyEvent.Prepared e) => new()
    {
        Key = e.Key.Hex, Result = SharedWire.Write(e.Result),
    };

    public static StudyEvent.Prepared Read(Protos.StudyPrepared shape) =>
        new(new ContentKey(shape.Key), SharedWire.Read(shape.Result));

    public static Protos.StudyMemberTrained Write(StudyEvent.MemberTrained e) => new()
    {
        Item = SharedWire.Write(e.Item), Key = e.Key.Hex, Result = SharedWire.Write(e.Result),
    };

    public static StudyEvent.MemberTrained Read(Protos.StudyMemberTrained shape) =>
        new(SharedWire.Read(shape.Item), new ContentKey(shape.Key), SharedWire.Read(shape.Result));

    public static Protos.StudyAttemptFailed Write(StudyEvent.AttemptFailed e) => new()
    {
        Attempt = SharedWire.Attempt(e.Item, e.Worker, e.Epoch, e.Failure),
    };

    public static StudyEvent.AttemptFailed Read(Protos.StudyAttemptFailed shape)
    {
        var attempt = SharedWire.Present(shape.Attempt, "attempt");
        return new(SharedWire.Read(attempt.Item), attempt.Worker, attempt.Epoch, SharedWire.Read(attempt.Failure));
    }

    public static Protos.StudyResultLost Write(StudyEvent.ResultLost e) => new()
    {
        Lost = new() { Item = SharedWire.Write(e.Item), ArtifactSha256 = e.ArtifactSha256 },
    };

    public static StudyEvent.ResultLost Read(Protos.StudyResultLost shape)
    {
        var lost = SharedWire.Present(shape.Lost, "lost result");
        return new(SharedWire.Read(lost.Item), lost.ArtifactSha256);
    }

    public static Protos.StudyFailed Write(StudyEvent.Failed e) => new()
    {
        Failed = new() { Item = SharedWire.Write(e.Item), Failure = SharedWire.Write(e.Failure) },
    };

    public static StudyEvent.Failed Read(Protos.StudyFailed shape)
    {
        var failed = SharedWire.Present(shape.Failed, "failed item");
        return new(SharedWire.Read(failed.Item), SharedWire.Read(failed.Failure));
    }

    public static Protos.StudyReopened Write(StudyEvent.Reopened e) => new() { AtUtcTicks = e.At.UtcTicks };

    public static StudyEvent.Reopened Read(Protos.StudyReopened shape) => new(Moment(shape.AtUtcTicks));

    public static Protos.StudyPublished Write(StudyEvent.Published e)
    {
        var shape = new Protos.StudyPublished();
        shape.Maps.AddRange(e.Maps.Select(SharedWire.Write));
        return shape;
    }

    public static StudyEvent.Published Read(Protos.StudyPublished shape) => new(SharedWire.Read(shape.Maps));

    public static Protos.StudyCancelled Write(StudyEvent.Cancelled e) => new() { AtUtcTicks = e.At.UtcTicks };

    public static StudyEvent.Cancelled Read(Protos.StudyCancelled shape) => new(Moment(shape.AtUtcTicks));

    public static Protos.StudyPublicationAllowed Write(StudyEvent.PublicationAllowed e) =>
        new() { Round = e.Round, Reopenings = e.Reopenings };

    public static StudyEvent.PublicationAllowed Read(Protos.StudyPublicationAllowed shape) =>
        new(shape.Round, shape.Reopenings);

    public static Protos.StudyResultDoubted Write(StudyEvent.ResultDoubted e) =>
        new() { Doubted = SharedWire.Failed(e.Item, e.Failure) };

    public static StudyEvent.ResultDoubted Read(Protos.StudyResultDoubted shape)
    {
        var doubt = SharedWire.ReadDoubt(shape.Doubted);
        return new(doubt.Item, doubt.Failure);
    }

    public static Protos.StudySource Write(StudySource source) => new()
    {
        Image = source.Image, BValues = source.BValues, BVectors = source.BVectors, Mask = source.Mask,
    };

    public static StudySource Read(Protos.StudySource? shape)
    {
        var source = SharedWire.Present(shape, "source");
        return new StudySource(source.Image, source.BValues, source.BVectors, source.Mask);
    }

    /// <summary>The same instant, in UTC.</summary>
    public static DateTimeOffset Moment(long utcTicks)
    {
        if (utcTicks < 0 || utcTicks > DateTimeOffset.MaxValue.UtcTicks)
            throw new WireException("a moment outside the calendar");
        return new DateTimeOffset(utcTicks, TimeSpan.Zero);
    }
}
