using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;
using Ivim.Actors.Wire;

namespace Ivim.Actors.Tests.Work;

/// <summary>
/// With `serialize-messages` on, Akka sends its own local messages (`StopChild` and the like) through a serializer too.
/// This one hands them over as they are; a type of ours that comes here has no row in the wire table, and is refused.
/// </summary>
public sealed class InProcessSerializer(ExtendedActorSystem system) : Serializer(system)
{
    private static readonly ConcurrentDictionary<long, object> OnTheirWay = new();
    private static long _count;

    public InProcessSerializer(ExtendedActorSystem system, Config _)
        : this(system)
    {
    }

    public override int Identifier => DenyAllSerializer.JsonIdentifier;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj)
    {
        if (obj.GetType().FullName?.StartsWith("Ivim.", StringComparison.Ordinal) == true)
            throw new WireException($"{obj.GetType().Name} has no row in the wire table");
        long number = Interlocked.Increment(ref _count);
        OnTheirWay[number] = obj;
        return BitConverter.GetBytes(number);
    }

    public override object FromBinary(byte[] bytes, Type type) =>
        OnTheirWay.TryRemove(BitConverter.ToInt64(bytes), out var message)
            ? message : throw new WireException("a message that nobody sent");
}
