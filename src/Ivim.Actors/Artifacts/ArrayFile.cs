using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ivim.Learning;

namespace Ivim.Actors.Artifacts;

/// <summary>Named arrays and a few texts as the bytes of an artifact, in the safetensors format.</summary>
/// <remarks>
/// Layout: header length (uint64, little-endian), JSON header padded with spaces to 8 bytes, then the arrays in order
/// without gaps. The same arrays in the same order give the same bytes. Other programs read the format as it is.
/// </remarks>
public static class ArrayFile
{
    private const string Texts = "__metadata__";

    public static byte[] Write(NamedArrays arrays, IEnumerable<KeyValuePair<string, string>>? texts = null)
    {
        var header = new JsonObject();
        if (texts is not null)
            header[Texts] = new JsonObject(texts.Select(text =>
                new KeyValuePair<string, JsonNode?>(text.Key, text.Value)));
        long offset = 0;
        foreach (var array in arrays.Items)
        {
            long end = offset + BytesOf(array.Values).Length;
            header[array.Name] = new JsonObject
            {
                ["dtype"] = TypeName(array.Values),
                ["shape"] = new JsonArray([.. array.Shape.Select(length => (JsonNode)length)]),
                ["data_offsets"] = new JsonArray(offset, end),
            };
            offset = end;
        }
        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        int padded = (json.Length + 7) / 8 * 8;
        var bytes = new byte[8 + padded + offset];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)padded);
        bytes.AsSpan(8, padded).Fill((byte)' ');
        json.CopyTo(bytes.AsSpan(8));
        int position = 8 + padded;
        foreach (var array in arrays.Items)
        {
            var values = BytesOf(array.Values);
            values.CopyTo(bytes.AsSpan(position));
            position += values.Length;
        }
        return bytes;
    }

    /// <exception cref="InvalidDataException">The bytes are not such a file.</exception>
    public static (NamedArrays Arrays, IReadOnlyDictionary<string, string> Texts) Read(ReadOnlyMemory<byte> file)
    {
        try
        {
            int headerLength = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(file.Span));
            var body = file[(8 + headerLength)..];
            using var header = JsonDocument.Parse(file.Slice(8, headerLength));
            var arrays = new List<NamedArray>();
            var texts = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var entry in header.RootElement.EnumerateObject())
            {
                if (entry.Name == Texts)
                    foreach (var text in entry.Value.EnumerateObject()) texts[text.Name] = text.Value.GetString()!;
                else
                    arrays.Add(ReadArray(entry.Name, entry.Value, body));
            }
            return (new NamedArrays(arrays), texts);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or OverflowException or KeyNotFoundException
                                      or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("not an array file", e);
        }
    }

    private static NamedArray ReadArray(string name, JsonElement entry, ReadOnlyMemory<byte> body)
    {
        var shape = entry.GetProperty("shape").EnumerateArray().Select(length => length.GetInt32()).ToArray();
        var offsets = entry.GetProperty("data_offsets");
        var bytes = body.Span[offsets[0].GetInt32()..offsets[1].GetInt32()];
        Array values = entry.GetProperty("dtype").GetString() switch
        {
            "F32" => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
            "F64" => MemoryMarshal.Cast<byte, double>(bytes).ToArray(),
            "I64" => MemoryMarshal.Cast<byte, long>(bytes).ToArray(),
            var other => throw new InvalidDataException($"array type {other}"),
        };
        return new NamedArray(name, values, shape);
    }

    private static string TypeName(Array values) => values switch
    {
        float[] => "F32",
        double[] => "F64",
        _ => "I64",
    };

    private static ReadOnlySpan<byte> BytesOf(Array values) => values switch
    {
        float[] floats => MemoryMarshal.AsBytes<float>(floats),
        double[] doubles => MemoryMarshal.AsBytes<double>(doubles),
        _ => MemoryMarshal.AsBytes<long>((long[])values),
    };
}
