using CsCheck;
using Ivim.Actors.Wire;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Tests.Wire;

public sealed class WireTableTests
{
    private static readonly string[] Suffixes =
        ["Event", "Command", "Query", "Reply", "Report", "Receipt", "Progress", "Load"];

    public static TheoryData<Type> Messages => [.. ConcreteMessages()];

    [Fact]
    public void Every_family_of_messages_in_the_domain_is_bound()
    {
        var families = typeof(StudyEvent).Assembly.GetExportedTypes()
            .Where(type => !type.IsNested && type.IsClass && Suffixes.Any(type.Name.EndsWith))
            .Except([typeof(WorkerLoad)]); // a part of one

        Assert.Equal(families.OrderBy(type => type.Name), WireConfig.Families.OrderBy(type => type.Name));
    }

    [Theory, MemberData(nameof(Messages))]
    public void Every_message_has_a_row(Type type) => Assert.Equal(type, WireTable.For(type).Type);

    [Theory, MemberData(nameof(Messages))]
    public void Every_message_comes_back_as_it_went(Type type)
    {
        var row = WireTable.For(type);
        RandomMessages.Of(type).Sample(message =>
            MessageText.Of(message) == MessageText.Of(row.Read(row.Write(message))), iter: 300, threads: 1);
    }

    [Theory, MemberData(nameof(Messages))]
    public void A_payload_that_was_cut_is_read_or_refused_and_never_crashes(Type type)
    {
        var row = WireTable.For(type);
        Gen.Select(RandomMessages.Of(type), Gen.Double[0, 1]).Sample((message, share) =>
        {
            var bytes = row.Write(message);
            try
            {
                row.Read(bytes[..(int)(bytes.Length * share)]);
            }
            catch (WireException)
            {
            }
        }, iter: 300, threads: 1);
    }

    [Fact]
    public void A_moment_keeps_its_last_tick_and_forgets_only_its_offset()
    {
        var at = new DateTimeOffset(2026, 7, 1, 9, 30, 0, TimeSpan.FromHours(5.5)).AddTicks(1);
        var row = WireTable.For(typeof(StudyEvent.Reopened));

        var back = (StudyEvent.Reopened)row.Read(row.Write(new StudyEvent.Reopened(at)));

        Assert.Equal(at.UtcTicks, back.At.Ticks);
        Assert.Equal(TimeSpan.Zero, back.At.Offset);
    }

    [Fact]
    public void A_failure_without_a_lost_artifact_differs_from_one_with_an_empty_name()
    {
        var row = WireTable.For(typeof(StudyEvent.Failed));
        var none = new StudyEvent.Failed(ItemName.Prepare, new WorkFailure(FailureClass.None, "", "", null));
        var empty = new StudyEvent.Failed(ItemName.Prepare, new WorkFailure(FailureClass.None, "", "", ""));

        Assert.Equal(none, row.Read(row.Write(none)));
        Assert.Equal(empty, row.Read(row.Write(empty)));
    }

    [Fact]
    public void A_message_with_a_missing_part_is_not_written()
    {
        var row = WireTable.For(typeof(StudyEvent.Published));
        Assert.Throws<WireException>(() => row.Write(new StudyEvent.Published(default)));
        Assert.Throws<WireException>(() =>
            WireTable.For(typeof(StudyQuery.Progress)).Write(new StudyQuery.Progress(default)));
        Assert.Throws<WireException>(() => WireTable.For(typeof(StudyEvent.Prepared))
            .Write(new StudyEvent.Prepared(new ContentKey("k"), null!)));
    }

    [Fact]
    public void A_payload_without_a_required_part_is_not_read()
    {
        foreach (var manifest in new[] { "study.submitted.v1", "study.failed.v1", "aggregate.opened.v1",
            "queue-command.offer.v1" })
            Assert.Throws<WireException>(() => WireTable.For(manifest).Read([]));
    }

    [Fact]
    public void A_number_that_no_enumeration_has_is_not_read()
    {
        byte[] phase99 = [0x10, 99]; // field 2, varint: the phase of a study's progress
        Assert.Throws<WireException>(() => WireTable.For("study-progress.v1").Read(phase99));
    }

    [Fact]
    public void Manifests_are_unique_and_versioned()
    {
        Assert.Equal(WireTable.Rows.Count, WireTable.Rows.Select(row => row.Manifest).Distinct().Count());
        Assert.All(WireTable.Rows, row => Assert.Matches("^[a-z-]+(\\.[a-z-]+)?\\.v[1-9][0-9]*$", row.Manifest));
    }

    [Fact]
    public void What_has_no_row_is_refused_by_type_and_by_manifest()
    {
        Assert.Throws<WireException>(() => WireTable.For(typeof(AggregateState)));
        Assert.Throws<WireException>(() => WireTable.For("study.submitted.v2"));
    }

    private static IEnumerable<Type> ConcreteMessages() => typeof(StudyEvent).Assembly.GetExportedTypes()
        .Where(type => !type.IsAbstract && WireConfig.Families.Any(family => family.IsAssignableFrom(type)));
}
