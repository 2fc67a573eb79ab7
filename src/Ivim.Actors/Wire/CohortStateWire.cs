using Ivim.Domain.Cohorts;
using Ivim.Domain.Studies;

namespace Ivim.Actors.Wire;

/// <summary>How a cohort stands: for callers, and for the snapshot store.</summary>
internal static class CohortStateWire
{
    public static Protos.CohortProgress Write(CohortProgress p)
    {
        var shape = new Protos.CohortProgress
        {
            Cohort = p.Cohort.Value, ProtocolDocument = p.ProtocolDocument, Version = p.Version,
            NumericClass = p.NumericClass, IsPaused = p.IsPaused, Limit = p.Limit, EntriesPerHour = p.EntriesPerHour,
        };
        shape.Centres.AddRange(p.Centres.Select(Write));
        shape.Codes.AddRange(p.Codes.Select(code => new Protos.CodeCount { Code = code.Code, Entries = code.Entries }));
        shape.HeldUp.AddRange(p.HeldUp.Select(Write));
        return shape;
    }

    public static CohortProgress Read(Protos.CohortProgress shape) => new(new CohortId(shape.Cohort),
        shape.ProtocolDocument, shape.Version, shape.NumericClass, shape.IsPaused, shape.Limit,
        [.. shape.Centres.Select(Read)],
        [.. shape.Codes.Select(code => new CodeCount(code.Code, code.Entries))], [.. shape.HeldUp.Select(Read)],
        shape.EntriesPerHour);

    public static Protos.CohortEntryState Write(CohortEntryState entry) => new()
    {
        Entry = CohortEventsWire.Write(entry.Entry), Phase = (int)entry.Phase, Turn = entry.Turn,
        Version = entry.Version, Study = entry.Study.Value, Code = entry.Code, IsUnwanted = entry.IsUnwanted,
    };

    public static CohortEntryState Read(Protos.CohortEntryState shape) => new(CohortEventsWire.Read(shape.Entry),
        SharedWire.Enumeration<CohortEntryPhase>(shape.Phase), shape.Turn, shape.Version, new StudyId(shape.Study),
        shape.Code, shape.IsUnwanted);

    public static Protos.Sealed Write(CohortStateSnapshot s)
    {
        var shape = new Protos.CohortSnapshot
        {
            Cohort = s.Cohort.Value, ProtocolDocument = s.ProtocolDocument, Version = s.Version,
            NumericClass = s.NumericClass, IsPaused = s.IsPaused, Turns = s.Turns,
            Limit = s.Limit,
        };
        shape.Entries.AddRange(s.Entries.Select(Write));
        shape.RecentEndsUtcTicks.AddRange(s.RecentEnds.Select(end => end.UtcTicks));
        return SnapshotsWire.Seal(shape);
    }

    public static CohortStateSnapshot ReadSnapshot(Protos.Sealed cover)
    {
        var shape = Protos.CohortSnapshot.Parser.ParseFrom(SnapshotsWire.Open(cover));
        return new(new CohortId(shape.Cohort), shape.ProtocolDocument, shape.Version, shape.NumericClass,
            shape.IsPaused, shape.Turns, [.. shape.Entries.Select(Read)],
            [.. shape.RecentEndsUtcTicks.Select(StudyEventsWire.Moment)], shape.Limit);
    }

    private static Protos.CentreCount Write(CentreCount count) => new()
    {
        Centre = count.Centre, Waiting = count.Waiting, Running = count.Running, Stopping = count.Stopping,
        Published = count.Published, Failed = count.Failed, Cancelled = count.Cancelled, Refused = count.Refused,
    };

    private static CentreCount Read(Protos.CentreCount shape) => new(shape.Centre, shape.Waiting, shape.Running,
        shape.Stopping, shape.Published, shape.Failed, shape.Cancelled, shape.Refused);

    private static Protos.HeldUpEntry Write(HeldUpEntry entry) => new()
    {
        Pseudonym = entry.Pseudonym, Centre = entry.Centre, Study = entry.Study.Value, Code = entry.Code,
        Message = entry.Message,
    };

    private static HeldUpEntry Read(Protos.HeldUpEntry shape) =>
        new(shape.Pseudonym, shape.Centre, new StudyId(shape.Study), shape.Code, shape.Message);
}
