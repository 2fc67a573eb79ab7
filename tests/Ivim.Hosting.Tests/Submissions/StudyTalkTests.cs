using Akka.Actor;
using Akka.TestKit.Xunit2;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Studies;
using Ivim.Hosting.Submissions;

namespace Ivim.Hosting.Tests.Submissions;

public sealed class StudyTalkTests : TestKit
{
    private static readonly StudyId Study = new("st-0123456789abcdef0123");

    [Fact]
    public async Task A_study_that_went_on_while_its_aggregator_was_silent_is_asked_again()
    {
        var (studies, aggregators) = (CreateTestProbe(), CreateTestProbe());
        var talk = new StudyTalk(
            new StudyRegions(studies, aggregators, ActorRefs.Nobody), new Patient(), TimeProvider.System);
        var look = talk.LookAsync(Study, CancellationToken.None);
        await studies.ExpectMsgAsync<StudyQuery.Progress>();
        studies.Reply(Training(StudyPhase.Running));
        // The first question is lost, as to an aggregator that moves.
        await aggregators.ExpectMsgAsync<AggregateQuery.Progress>();
        await aggregators.ExpectMsgAsync<AggregateQuery.Progress>(TimeSpan.FromSeconds(10));
        aggregators.Reply(new AggregateProgress(Study, StudyPhase.Published, [], 1, null, [], []));
        await studies.ExpectMsgAsync<StudyQuery.Progress>();
        studies.Reply(Training(StudyPhase.Published));
        Assert.True((await look).IsPublished);
    }

    private static StudyProgress Training(StudyPhase phase) => new(Study, phase, [], [], null, [], []);

    private sealed class Patient : IPatience
    {
        public Task BeforeTryAsync(TimeSpan waited, CancellationToken cancellation) => Task.CompletedTask;
    }
}
