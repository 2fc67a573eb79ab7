using System.Runtime.Serialization;

namespace Ivim.Actors.Wire;

/// <summary>Something that the wire does not carry: a type or manifest without a row, or a damaged payload.</summary>
/// <remarks>A <see cref="SerializationException"/>, so that Akka.Remote drops the one message and keeps the association.</remarks>
public sealed class WireException(string message, Exception? cause = null) : SerializationException(message, cause);
