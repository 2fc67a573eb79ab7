using System.Runtime.Serialization;

namespace Ivim.Actors.Wire;

/// <summary>Something that the wire does not carry: a type or manifest without a row, or a damaged payload.</summary>
/// <remarks>A <see cref="SerializationException"/>: what Akka expects of a serializer.</remarks>
public sealed class WireException(string message, Exception? cause = null) : SerializationException(message, cause);
