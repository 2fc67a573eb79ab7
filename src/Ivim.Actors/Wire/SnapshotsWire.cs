using System.Collections.Immutable;
using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Wire;

/// <summary>What the snapshot store holds of studies and aggregators, each under a sum of its bytes.</summary>
internal static class SnapshotsWire
{
    public static Protos.Sealed Write(StudyStateSnapshot s)
    {
        var shape = new Protos.StudySnapshot
        {
            Study = s.Study.Value, Source = StudyEventsWire.Write(s.Source), ProtocolDocument = s.ProtocolDocument,
            NumericClass = s.NumericClass, Phase = (int)s.Phase, Ledger = Write(s.Ledger), Reopenings = s.Reopenings,
            SlabCount = s.SlabCount, AllowedRound = s.AllowedRound,
            AllowedLife = s.AllowedLife,
        };
        if (s.Failure is { } failure) shape.Failure = SharedWire.Write(failure);
        shape.Doubts.AddRange(s.Doubts.Select(SharedWire.Write));
        shape.Maps.AddRange(s.Maps.Select(SharedWire.Write));
        return Seal(shape);
    }

    public static StudyStateSnapshot ReadStudy(Protos.Sealed cover)
    {
        var shape = Protos.StudySnapshot.Parser.ParseFrom(Open(cover));
        return new(new StudyId(shape.Study), StudyEventsWire.Read(shape.Source), shape.ProtocolDocument,
            shape.NumericClass, SharedWire.Enumeration<StudyPhase>(shape.Phase), Read(shape.Ledger),
            SharedWire.ReadOptional(shape.Failure), SharedWire.Read(shape.Maps), shape.Reopenings, shape.SlabCount,
            shape.AllowedRound, shape.AllowedLife, [.. shape.Doubts.Select(SharedWire.ReadDoubt)]);
    }

    public static Protos.Sealed Write(AggregateStateSnapshot s)
    {
        var shape = new Protos.AggregateSnapshot
        {
            Study = s.Study.Value, ProtocolDocument = s.ProtocolDocument, NumericClass = s.NumericClass,
            Frame = SharedWire.Write(s.Frame), SlabCount = s.SlabCount, Ledger = Write(s.Ledger),
            Phase = (int)s.Phase, Reopenings = s.Reopenings, Round = s.Round,
        };
        if (s.Failure is { } failure) shape.Failure = SharedWire.Write(failure);
        shape.Doubts.AddRange(s.Doubts.Select(SharedWire.Write));
        foreach (var slab in s.Members)
        {
            var members = new Protos.SlabMembers { Slab = slab.Slab };
            members.Members.AddRange(slab.Members.Select(SharedWire.Write));
            shape.Members.Add(members);
        }
        return Seal(shape);
    }

    public static AggregateStateSnapshot ReadAggregate(Protos.Sealed cover)
    {
        var shape = Protos.AggregateSnapshot.Parser.ParseFrom(Open(cover));
        return new(new StudyId(shape.Study), shape.ProtocolDocument, shape.NumericClass,
            SharedWire.Read(shape.Frame), shape.SlabCount,
            [.. shape.Members.Select(slab => new SlabMembers(slab.Slab, SharedWire.Read(slab.Members)))],
            Read(shape.Ledger), SharedWire.Enumeration<StudyPhase>(shape.Phase), shape.Reopenings, shape.Round,
            SharedWire.ReadOptional(shape.Failure), [.. shape.Doubts.Select(SharedWire.ReadDoubt)]);
    }

    private static Protos.LedgerSnapshot Write(ItemLedgerSnapshot ledger)
    {
        var shape = new Protos.LedgerSnapshot();
        shape.Results.AddRange(ledger.Results.Select(Write));
        shape.Lost.AddRange(ledger.Lost.Select(Write));
        shape.Attempts.AddRange(ledger.Attempts.Select(attempt =>
            SharedWire.Attempt(attempt.Item, attempt.Worker, attempt.Epoch, attempt.Failure)));
        shape.Losses.AddRange(ledger.Losses.Select(losses =>
            new Protos.ItemLosses { Item = SharedWire.Write(losses.Item), Count = losses.Count }));
        return shape;
    }

    private static ItemLedgerSnapshot Read(Protos.LedgerSnapshot? shape)
    {
        var ledger = SharedWire.Present(shape, "ledger");
        return new(Read(ledger.Results), Read(ledger.Lost),
            [.. ledger.Attempts.Select(attempt => new FailedAttempt(SharedWire.Read(attempt.Item), attempt.Worker,
                attempt.Epoch, SharedWire.Read(attempt.Failure)))],
            [.. ledger.Losses.Select(losses => new ItemLosses(SharedWire.Read(losses.Item), losses.Count))]);
    }

    private static Protos.SettledItem Write(SettledItem settled) => new()
    {
        Item = SharedWire.Write(settled.Item), Key = settled.Key.Hex, Result = SharedWire.Write(settled.Result),
    };

    private static ImmutableArray<SettledItem> Read(RepeatedField<Protos.SettledItem> shapes) =>
        [.. shapes.Select(settled => new SettledItem(SharedWire.Read(settled.Item), new ContentKey(settled.Key),
            SharedWire.Read(settled.Result)))];

    public static Protos.Sealed Seal(IMessage shape)
    {
        var content = shape.ToByteString();
        return new() { Sha256 = ByteString.CopyFrom(SHA256.HashData(content.Span)), Content = content };
    }

    public static ByteString Open(Protos.Sealed cover) =>
        cover.Sha256.Span.SequenceEqual(SHA256.HashData(cover.Content.Span))
            ? cover.Content : throw new WireException("a snapshot that is not as it was written");
}
