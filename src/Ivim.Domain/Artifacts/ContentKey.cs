using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Ivim.Domain.Artifacts;

/// <summary>Names a computation by everything its result depends on: equal key, equal result.</summary>
/// <param name="Hex">64 lower-case hexadecimal digits.</param>
public readonly record struct ContentKey(string Hex)
{
    public override string ToString() => Hex[..Math.Min(12, Hex.Length)];
}

/// <summary>The fields of a content key, in order: what `ivim why` compares and what provenance prints.</summary>
/// <remarks>No path, host, time, attempt or order of events may ever be a field.</remarks>
public sealed class KeyRecipe
{
    private readonly List<KeyValuePair<string, string>> _fields = [];

    public IReadOnlyList<KeyValuePair<string, string>> Fields => _fields;

    public KeyRecipe With(string name, string value)
    {
        _fields.Add(new(name, value));
        return this;
    }

    public KeyRecipe With(IEnumerable<KeyValuePair<string, string>> fields)
    {
        _fields.AddRange(fields);
        return this;
    }

    public KeyRecipe With(ArtifactRef artifact, string name) => With(name, artifact.Sha256);

    /// <summary>SHA-256 over every field, each part preceded by its length so that no two lists read alike.</summary>
    public ContentKey ToKey()
    {
        var text = new ArrayBufferWriter<byte>(2048); // one call of the hash for all: it costs more than the bytes
        foreach (var (name, value) in _fields)
        {
            Append(text, name);
            Append(text, value);
        }
        return new ContentKey(Convert.ToHexStringLower(SHA256.HashData(text.WrittenSpan)));
    }

    private static void Append(ArrayBufferWriter<byte> all, string part)
    {
        int length = Encoding.UTF8.GetByteCount(part);
        BitConverter.TryWriteBytes(all.GetSpan(sizeof(int)), length);
        all.Advance(sizeof(int));
        all.Advance(Encoding.UTF8.GetBytes(part, all.GetSpan(length)));
    }
}
