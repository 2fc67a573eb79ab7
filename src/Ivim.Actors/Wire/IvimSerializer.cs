using Akka.Actor;
using Akka.Serialization;

namespace Ivim.Actors.Wire;

/// <summary>Every message and event of ours, by the rows of <see cref="WireTable"/>.</summary>
public sealed class IvimSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>0 to 100 belong to Akka; this number is in every journal and never changes.</summary>
    public const int PermanentIdentifier = 7301;

    public override int Identifier => PermanentIdentifier;

    /// <exception cref="WireException">The type has no row.</exception>
    public override string Manifest(object o) => WireTable.For(o.GetType()).Manifest;

    /// <exception cref="WireException">The type has no row, or the message lacks a part.</exception>
    public override byte[] ToBinary(object obj) => WireTable.For(obj.GetType()).Write(obj);

    /// <exception cref="WireException">The manifest has no row, or the bytes are not of its shape.</exception>
    public override object FromBinary(byte[] bytes, string manifest) => WireTable.For(manifest).Read(bytes);
}
