using Ivim.Domain.Studies;

namespace Ivim.Actors.Wire;

/// <summary>What a study is told and asked, and what it answers.</summary>
internal static class StudyMessagesWire
{
    public static Protos.SubmitStudy Write(StudyCommand.Submit c) => new()
    {
        Study = c.Study.Value,
        Source = StudyEventsWire.Write(c.Source),
        ProtocolDocument = c.ProtocolDocument,
        NumericClass = c.NumericClass,
        AtUtcTicks = c.At.UtcTicks,
    };

    public static StudyCommand.Submit Read(Protos.SubmitStudy shape) => new(new StudyId(shape.Study),
        StudyEventsWire.Read(shape.Source), shape.ProtocolDocument, shape.NumericClass,
        StudyEventsWire.Moment(shape.AtUtcTicks));

    public static Protos.RecordLoss Write(StudyCommand.RecordLoss c) => new()
    {
        Study = c.Study.Value, ArtifactSha256 = c.ArtifactSha256,
    };

    public static StudyCommand.RecordLoss Read(Protos.RecordLoss shape) =>
        new(new StudyId(shape.Study), shape.ArtifactSha256);

    public static Protos.ConcludeStudy Write(StudyCommand.Conclude c)
    {
        var shape = new Protos.ConcludeStudy { Study = c.Study.Value };
        shape.Maps.AddRange(c.Maps.Select(SharedWire.Write));
        return shape;
    }

    public static StudyCommand.Conclude Read(Protos.ConcludeStudy shape) =>
        new(new StudyId(shape.Study), SharedWire.Read(shape.Maps));

    public static Protos.GiveUpStudy Write(StudyCommand.GiveUp c) => new()
    {
        Study = c.Study.Value, Failure = SharedWire.Write(c.Failure),
    };

    public static StudyCommand.GiveUp Read(Protos.GiveUpStudy shape) =>
        new(new StudyId(shape.Study), SharedWire.Read(shape.Failure));

    public static Protos.CancelStudy Write(StudyCommand.Cancel c) => new()
    {
        Study = c.Study.Value, AtUtcTicks = c.At.UtcTicks,
    };

    public static StudyCommand.Cancel Read(Protos.CancelStudy shape) =>
        new(new StudyId(shape.Study), StudyEventsWire.Moment(shape.AtUtcTicks));

    public static Protos.RetryStudy Write(StudyCommand.Retry c) => new()
    {
        Study = c.Study.Value, Reopenings = c.Reopenings, AtUtcTicks = c.At.UtcTicks,
    };

    public static StudyCommand.Retry Read(Protos.RetryStudy shape) =>
        new(new StudyId(shape.Study), shape.Reopenings, StudyEventsWire.Moment(shape.AtUtcTicks));

    public static Protos.StudyIdentityQuery Write(StudyQuery.Identity q) => new() { Study = q.Study.Value };

    public static StudyQuery.Identity Read(Protos.StudyIdentityQuery shape) => new(new StudyId(shape.Study));

    public static Protos.StudyIdentity Write(StudyReply.Identity i) => new()
    {
        Study = i.Study.Value, Source = StudyEventsWire.Write(i.Source), ProtocolDocument = i.ProtocolDocument,
        NumericClass = i.NumericClass, Reopenings = i.Reopenings,
    };

    public static StudyReply.Identity Read(Protos.StudyIdentity shape) => new(new StudyId(shape.Study),
        StudyEventsWire.Read(shape.Source), shape.ProtocolDocument, shape.NumericClass, shape.Reopenings);

    public static Protos.StudyProgressQuery Write(StudyQuery.Progress q) => new() { Study = q.Study.Value };

    public static StudyQuery.Progress Read(Protos.StudyProgressQuery shape) => new(new StudyId(shape.Study));

    public static Protos.StudyAccepted Write(StudyReply.Accepted r) => new() { Study = r.Study.Value };

    public static StudyReply.Accepted Read(Protos.StudyAccepted shape) => new(new StudyId(shape.Study));

    public static Protos.StudyRejected Write(StudyReply.Rejected r)
    {
        var shape = new Protos.StudyRejected { Study = r.Study.Value, Reason = r.Reason };
        if (r.Code is { } code) shape.Code = code;
        return shape;
    }

    public static StudyReply.Rejected Read(Protos.StudyRejected shape) =>
        new(new StudyId(shape.Study), shape.Reason, shape.HasCode ? shape.Code : null);

    public static Protos.AllowPublication Write(StudyCommand.AllowPublication c) =>
        new() { Study = c.Study.Value, Round = c.Round, Reopenings = c.Reopenings };

    public static StudyCommand.AllowPublication Read(Protos.AllowPublication shape) =>
        new(new StudyId(shape.Study), shape.Round, shape.Reopenings);

    public static Protos.PublicationAllowed Write(StudyReply.PublicationAllowed r) =>
        new() { Study = r.Study.Value, Round = r.Round, Reopenings = r.Reopenings };

    public static StudyReply.PublicationAllowed Read(Protos.PublicationAllowed shape) =>
        new(new StudyId(shape.Study), shape.Round, shape.Reopenings);

    public static Protos.CancelHeard Write(StudyReply.CancelHeard r) =>
        new() { Study = r.Study.Value, Reopenings = r.Reopenings };

    public static StudyReply.CancelHeard Read(Protos.CancelHeard shape) =>
        new(new StudyId(shape.Study), shape.Reopenings);

    public static Protos.StudyProgress Write(StudyProgress p)
    {
        var shape = new Protos.StudyProgress { Study = p.Study.Value, Phase = (int)p.Phase };
        shape.Stages.AddRange(p.Stages.Select(SharedWire.Write));
        shape.Maps.AddRange(p.Maps.Select(SharedWire.Write));
        if (p.Failure is { } failure) shape.Failure = SharedWire.Write(failure);
        shape.Notes.AddRange(p.Notes);
        shape.Alarms.AddRange(p.Alarms.Select(SharedWire.Write));
        return shape;
    }

    public static StudyProgress Read(Protos.StudyProgress shape) => new(new StudyId(shape.Study),
        SharedWire.Enumeration<StudyPhase>(shape.Phase), SharedWire.Read(shape.Stages), SharedWire.Read(shape.Maps),
        SharedWire.ReadOptional(shape.Failure), [.. shape.Notes],
        [.. shape.Alarms.Select(SharedWire.Read)]);
}
