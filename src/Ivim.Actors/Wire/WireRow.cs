using Google.Protobuf;

namespace Ivim.Actors.Wire;

/// <summary>One shape on the wire: its manifest, its message, and how either becomes the other.</summary>
public sealed class WireRow
{
    private readonly Func<object, byte[]> _write;
    private readonly Func<byte[], object> _read;

    private WireRow(string manifest, Type type, Func<object, byte[]> write, Func<byte[], object> read) =>
        (Manifest, Type, _write, _read) = (manifest, type, write, read);

    /// <summary>For example `study.submitted.v1`: as permanent as the bytes that it names.</summary>
    public string Manifest { get; }

    public Type Type { get; }

    internal static WireRow Of<T, TShape>(string manifest, Func<T, TShape> write, Func<TShape, T> read)
        where T : class
        where TShape : class, IMessage<TShape>, new()
    {
        var parser = new MessageParser<TShape>(() => new TShape());
        return new WireRow(manifest, typeof(T), message => write((T)message).ToByteArray(),
            bytes => read(parser.ParseFrom(bytes)));
    }

    /// <exception cref="WireException">The message lacks a part that its shape requires.</exception>
    public byte[] Write(object message)
    {
        try
        {
            return _write(message);
        }
        catch (Exception e) when (e is ArgumentNullException or NullReferenceException or InvalidOperationException)
        {
            throw new WireException($"a message with a missing part cannot be written as {Manifest}", e);
        }
    }

    /// <exception cref="WireException">The bytes are not of this shape.</exception>
    public object Read(byte[] bytes)
    {
        try
        {
            return _read(bytes);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new WireException($"the bytes are not a whole {Manifest}", e);
        }
    }
}
