using Ivim.Domain.Cohorts;
using Ivim.Domain.Studies;

namespace Ivim.Actors.Wire;

/// <summary>What the journal of a cohort holds.</summary>
internal static class CohortEventsWire
{
    public static Protos.CohortSubmitted Write(CohortEvent.Submitted e) => new()
    {
        Cohort = e.Cohort.Value, ProtocolDocument = e.ProtocolDocument, NumericClass = e.NumericClass,
        AtUtcTicks = e.At.UtcTicks,
    };

    public static CohortEvent.Submitted Read(Protos.CohortSubmitted shape) => new(new CohortId(shape.Cohort),
        shape.ProtocolDocument, shape.NumericClass, StudyEventsWire.Moment(shape.AtUtcTicks));

    public static Protos.CohortEntriesAdded Write(CohortEvent.EntriesAdded e)
    {
        var shape = new Protos.CohortEntriesAdded();
        shape.Entries.AddRange(e.Entries.Select(Write));
        return shape;
    }

    public static CohortEvent.EntriesAdded Read(Protos.CohortEntriesAdded shape) =>
        new([.. shape.Entries.Select(Read)]);

    public static Protos.CohortProtocolChanged Write(CohortEvent.ProtocolChanged e) =>
        new() { ProtocolDocument = e.ProtocolDocument, AtUtcTicks = e.At.UtcTicks };

    public static CohortEvent.ProtocolChanged Read(Protos.CohortProtocolChanged shape) =>
        new(shape.ProtocolDocument, StudyEventsWire.Moment(shape.AtUtcTicks));

    public static Protos.CohortMoment Write(CohortEvent.Paused e) => new() { AtUtcTicks = e.At.UtcTicks };

    public static CohortEvent.Paused ReadPaused(Protos.CohortMoment shape) => new(At(shape));

    public static Protos.CohortMoment Write(CohortEvent.Resumed e) => new() { AtUtcTicks = e.At.UtcTicks };

    public static CohortEvent.Resumed ReadResumed(Protos.CohortMoment shape) => new(At(shape));

    public static Protos.CohortMoment Write(CohortEvent.AllCancelled e) => new() { AtUtcTicks = e.At.UtcTicks };

    public static CohortEvent.AllCancelled ReadAllCancelled(Protos.CohortMoment shape) => new(At(shape));

    public static Protos.CohortMoment Write(CohortEvent.AllRetried e) =>
        new() { AtUtcTicks = e.At.UtcTicks, WithCancelled = e.WithCancelled };

    public static CohortEvent.AllRetried ReadAllRetried(Protos.CohortMoment shape) =>
        new(shape.WithCancelled, At(shape));

    public static Protos.CohortLimitSet Write(CohortEvent.LimitSet e) =>
        new() { Limit = e.Limit, AtUtcTicks = e.At.UtcTicks };

    public static CohortEvent.LimitSet Read(Protos.CohortLimitSet shape) =>
        new(shape.Limit, StudyEventsWire.Moment(shape.AtUtcTicks));

    public static Protos.CohortAdmitted Write(CohortEvent.Admitted e)
    {
        var shape = new Protos.CohortAdmitted();
        shape.Entries.AddRange(e.Entries);
        return shape;
    }

    public static CohortEvent.Admitted Read(Protos.CohortAdmitted shape) => new([.. shape.Entries]);

    public static Protos.CohortFiled Write(CohortEvent.Filed e) => new() { Entry = e.Entry, Study = e.Study.Value };

    public static CohortEvent.Filed Read(Protos.CohortFiled shape) => new(shape.Entry, new StudyId(shape.Study));

    public static Protos.CohortEntryFact Write(CohortEvent.Refused e) => Fact(e.Entry, e.Code, e.At);

    public static CohortEvent.Refused ReadRefused(Protos.CohortEntryFact shape) =>
        new(shape.Entry, shape.Code, At(shape));

    public static Protos.CohortEntryFact Write(CohortEvent.Published e) => Fact(e.Entry, "", e.At);

    public static CohortEvent.Published ReadPublished(Protos.CohortEntryFact shape) => new(shape.Entry, At(shape));

    public static Protos.CohortEntryFact Write(CohortEvent.Failed e) => Fact(e.Entry, e.Code, e.At);

    public static CohortEvent.Failed ReadFailed(Protos.CohortEntryFact shape) =>
        new(shape.Entry, shape.Code, At(shape));

    public static Protos.CohortEntryFact Write(CohortEvent.StudyCancelled e) => new() { Entry = e.Entry };

    public static CohortEvent.StudyCancelled ReadStudyCancelled(Protos.CohortEntryFact shape) => new(shape.Entry);

    public static Protos.CohortEntryFact Write(CohortEvent.Stopped e) => new() { Entry = e.Entry };

    public static CohortEvent.Stopped ReadStopped(Protos.CohortEntryFact shape) => new(shape.Entry);

    public static Protos.CohortEntryFact Write(CohortEvent.EntryCancelled e) => new() { Entry = e.Entry };

    public static CohortEvent.EntryCancelled ReadEntryCancelled(Protos.CohortEntryFact shape) => new(shape.Entry);

    public static Protos.CohortEntryFact Write(CohortEvent.EntryRetried e) => new() { Entry = e.Entry };

    public static CohortEvent.EntryRetried ReadEntryRetried(Protos.CohortEntryFact shape) => new(shape.Entry);

    public static Protos.CohortEntry Write(CohortEntry entry) => new()
    {
        Pseudonym = entry.Pseudonym, Centre = entry.Centre, EntryHash = entry.EntryHash, Priority = entry.Priority,
    };

    public static CohortEntry Read(Protos.CohortEntry? shape)
    {
        var entry = SharedWire.Present(shape, "entry");
        return new(entry.Pseudonym, entry.Centre, entry.EntryHash, entry.Priority);
    }

    private static Protos.CohortEntryFact Fact(int entry, string code, DateTimeOffset at) =>
        new() { Entry = entry, Code = code, AtUtcTicks = at.UtcTicks };

    private static DateTimeOffset At(Protos.CohortMoment shape) => StudyEventsWire.Moment(shape.AtUtcTicks);

    private static DateTimeOffset At(Protos.CohortEntryFact shape) => StudyEventsWire.Moment(shape.AtUtcTicks);
}
