using Akka.Actor;
using Ivim.Actors.Work;

namespace Ivim.Hosting.Nodes;

/// <summary>Says in the log what becomes of studies, one line each; the history has the rest.</summary>
internal sealed class StudyLog : ReceiveActor
{
    private static readonly string[] Told =
        ["submitted", "planned", "published", "failed", "cancelled", "mismatch", "expired"];

    public StudyLog(NodeLog log) => Receive<WorkFact>(fact =>
    {
        if (Told.Contains(fact.Fact)) log.Say($"study {fact.Study?.Value} {fact.Fact} {Details(fact)}".TrimEnd());
    });

    private static string Details(WorkFact fact)
    {
        string?[] parts =
        [
            fact.Item?.ToString(), fact.Worker, fact.Code, fact.Cause,
            fact.Total is { } total ? $"{total} items" : null,
        ];
        return string.Join(' ', parts.Where(part => part is not null));
    }
}
