using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace Ivim.Actors.Wire;

/// <summary>Holds the number of Akka's JSON serializer, which would create any type that a payload names.</summary>
public sealed class DenyAllSerializer(ExtendedActorSystem system) : Serializer(system)
{
    public const int JsonIdentifier = 1;

    /// <summary>How Akka makes it: the reference configuration has settings for the name `json`.</summary>
    public DenyAllSerializer(ExtendedActorSystem system, Config _)
        : this(system)
    {
    }

    public override int Identifier => JsonIdentifier;

    public override bool IncludeManifest => false;

    /// <exception cref="WireException">Always.</exception>
    public override byte[] ToBinary(object obj) =>
        throw new WireException($"{obj.GetType().Name} has no row in the wire table and may not leave the process");

    /// <exception cref="WireException">Always, before a byte is looked at.</exception>
    public override object FromBinary(byte[] bytes, Type type) =>
        throw new WireException("a payload of the JSON serializer is refused");
}
