using Ivim.Domain.Cohorts;

namespace Ivim.Actors.Wire;

/// <summary>What a cohort is told and asked, and what it answers.</summary>
internal static class CohortMessagesWire
{
    public static Protos.SubmitCohort Write(CohortCommand.Submit c)
    {
        var shape = new Protos.SubmitCohort
        {
            Cohort = c.Cohort.Value, ProtocolDocument = c.ProtocolDocument, NumericClass = c.NumericClass,
            AtUtcTicks = c.At.UtcTicks,
        };
        shape.Entries.AddRange(c.Entries.Select(CohortEventsWire.Write));
        return shape;
    }

    public static CohortCommand.Submit Read(Protos.SubmitCohort shape) => new(new CohortId(shape.Cohort),
        shape.ProtocolDocument, shape.NumericClass, [.. shape.Entries.Select(CohortEventsWire.Read)],
        StudyEventsWire.Moment(shape.AtUtcTicks));

    public static Protos.ChangeCohortProtocol Write(CohortCommand.ChangeProtocol c) => new()
    {
        Cohort = c.Cohort.Value, ProtocolDocument = c.ProtocolDocument, AtUtcTicks = c.At.UtcTicks,
    };

    public static CohortCommand.ChangeProtocol Read(Protos.ChangeCohortProtocol shape) =>
        new(new CohortId(shape.Cohort), shape.ProtocolDocument, StudyEventsWire.Moment(shape.AtUtcTicks));

    public static Protos.CohortOrder Write(CohortCommand.Pause c) => Order(c.Cohort, "", c.At);

    public static CohortCommand.Pause ReadPause(Protos.CohortOrder shape) => new(Cohort(shape), At(shape));

    public static Protos.CohortOrder Write(CohortCommand.Resume c) => Order(c.Cohort, "", c.At);

    public static CohortCommand.Resume ReadResume(Protos.CohortOrder shape) => new(Cohort(shape), At(shape));

    public static Protos.CohortOrder Write(CohortCommand.Cancel c) => Order(c.Cohort, c.Pseudonym, c.At);

    public static CohortCommand.Cancel ReadCancel(Protos.CohortOrder shape) =>
        new(Cohort(shape), shape.Pseudonym, At(shape));

    public static Protos.CohortOrder Write(CohortCommand.Retry c) =>
        Order(c.Cohort, c.Pseudonym, c.At, c.WithCancelled);

    public static CohortCommand.Retry ReadRetry(Protos.CohortOrder shape) =>
        new(Cohort(shape), shape.Pseudonym, shape.WithCancelled, At(shape));

    public static Protos.SetCohortLimit Write(CohortCommand.SetLimit c) =>
        new() { Cohort = c.Cohort.Value, Limit = c.Limit, AtUtcTicks = c.At.UtcTicks };

    public static CohortCommand.SetLimit Read(Protos.SetCohortLimit shape) =>
        new(new CohortId(shape.Cohort), shape.Limit, StudyEventsWire.Moment(shape.AtUtcTicks));

    public static Protos.CohortProgressQuery Write(CohortQuery.Progress q) => new() { Cohort = q.Cohort.Value };

    public static CohortQuery.Progress Read(Protos.CohortProgressQuery shape) => new(new CohortId(shape.Cohort));

    public static Protos.CohortEntriesQuery Write(CohortQuery.Entries q) => new()
    {
        Cohort = q.Cohort.Value, Centre = q.Centre, Phase = (int)q.Phase, From = q.From, Most = q.Most,
    };

    public static CohortQuery.Entries Read(Protos.CohortEntriesQuery shape) => new(new CohortId(shape.Cohort),
        shape.Centre, SharedWire.Enumeration<CohortEntryPhase>(shape.Phase), shape.From, shape.Most);

    public static Protos.CohortAccepted Write(CohortReply.Accepted r) => new() { Cohort = r.Cohort.Value };

    public static CohortReply.Accepted Read(Protos.CohortAccepted shape) => new(new CohortId(shape.Cohort));

    public static Protos.CohortRejected Write(CohortReply.Rejected r)
    {
        var shape = new Protos.CohortRejected { Cohort = r.Cohort.Value, Reason = r.Reason };
        if (r.Code is { } code) shape.Code = code;
        return shape;
    }

    public static CohortReply.Rejected Read(Protos.CohortRejected shape) =>
        new(new CohortId(shape.Cohort), shape.Reason, shape.HasCode ? shape.Code : null);

    public static Protos.CohortPage Write(CohortReply.Page r)
    {
        var shape = new Protos.CohortPage { Cohort = r.Cohort.Value, Next = r.Next };
        shape.Entries.AddRange(r.Entries.Select(CohortStateWire.Write));
        return shape;
    }

    public static CohortReply.Page Read(Protos.CohortPage shape) =>
        new(new CohortId(shape.Cohort), [.. shape.Entries.Select(CohortStateWire.Read)], shape.Next);

    private static Protos.CohortOrder Order(
        CohortId cohort, string pseudonym, DateTimeOffset at, bool withCancelled = false) => new()
    {
        Cohort = cohort.Value, Pseudonym = pseudonym, AtUtcTicks = at.UtcTicks, WithCancelled = withCancelled,
    };

    private static CohortId Cohort(Protos.CohortOrder shape) => new(shape.Cohort);

    private static DateTimeOffset At(Protos.CohortOrder shape) => StudyEventsWire.Moment(shape.AtUtcTicks);
}
