using Akka.Actor;
using Ivim.Actors.Work;
using Ivim.Domain.Work;

namespace Ivim.Hosting;

/// <summary>
/// Starts each work queue with epochs above those of every queue before it, on whatever seed that was: the time when
/// this queue starts, not when its node did.
/// </summary>
internal sealed class WorkQueueProducer(QueueRules rules, TimeProvider clock, IWorkerObituaries obituaries)
    : IIndirectActorProducer
{
    /// <summary>Leaves a queue 65,536 leases in each millisecond of its life.</summary>
    private const int EpochBits = 16;

    public Type ActorType => typeof(WorkQueueActor);

    public ActorBase Produce() =>
        new WorkQueueActor(rules, clock.GetUtcNow().ToUnixTimeMilliseconds() << EpochBits, obituaries);

    public void Release(ActorBase actor) { }
}
