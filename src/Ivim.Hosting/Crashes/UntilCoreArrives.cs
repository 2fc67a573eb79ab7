using Akka.Actor;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

#pragma warning disable IDE0130
namespace Ivim.Actors.Work;

public enum WorkerEnd
{
    Silent,
    Crashed,
}

public interface IWorkerObituaries
{
    WorkerEnd CauseOf(string worker);
}

public sealed record WorkFact(string Fact) : INoSerializationVerificationNeeded
{
    public StudyId? Study { get; init; }
    public ItemName? Item { get; init; }
    public ContentKey? Key { get; init; }
    public string? Worker { get; init; }
    public long? Epoch { get; init; }
    public string? Hash { get; init; }
    public int? Steps { get; init; }
    public int? FromStep { get; init; }
    public string? Cause { get; init; }
    public string? Code { get; init; }
    public double? Fraction { get; init; }
    public int? Total { get; init; }
}
