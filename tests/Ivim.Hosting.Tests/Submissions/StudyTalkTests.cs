using Akka.Actor;
using Akka.TestKit.Xunit2;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Studies;
using Ivim.Hosting.Submissions;

namespace Ivim.Hosting.Tests.Submissions;

public sealed class StudyTalkTests : TestKit
{
    private static readonly StudyId Study = new("st-0123456789abcdef0123");

    /// <summary>The first question to the aggregator is lost, as to one that moves.</summary>
    [Fact]
    public async Task A_study_that_went_on_while_its_aggregator_was_silent_is_asked_again()
    {
        int asked = 0;
        var aggregators = ActorOf(actor => actor.Receive<AggregateQuery.Progress>((_, context) =>
        {
            if (Interlocked.Increment(ref asked) > 1)
                context.Sender.Tell(new AggregateProgress(Study, StudyPhase.Published, [], 1, null, [], []));
        }));
        var studies = ActorOf(actor => actor.Receive<StudyQuery.Progress>((_, context) => context.Sender.Tell(
            Training(Volatile.Read(ref asked) == 0 ? StudyPhase.Running : StudyPhase.Published))));
        var talk = new StudyTalk(
            new StudyRegions(studies, aggregators, ActorRefs.Nobody), new Patient(), TimeProvider.System);

        Assert.True((await talk.LookAsync(Study, CancellationToken.None)).IsPublished);
    }

    private static StudyProgress Training(StudyPhase phase) => new(Study, phase, [], [], null, [], []);

    private sealed class Patient : IPatience
    {
        public Task BeforeTryAsync(TimeSpan waited, CancellationToken cancellation) => Task.CompletedTask;
    }
}
