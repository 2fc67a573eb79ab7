using System.Buffers.Binary;
using System.Text.Json;
using CsCheck;
using Ivim.Actors.Artifacts;
using Ivim.Learning;

namespace Ivim.Actors.Tests.Artifacts;

public sealed class ArrayFileTests
{
    private static readonly Gen<NamedArray> AnyArray =
        from name in Gen.String[Gen.Char.AlphaNumeric, 0, 12]
        from rows in Gen.Int[0, 4]
        from columns in Gen.Int[0, 3]
        from kind in Gen.Int[0, 2]
        from bits in Gen.Long.Array[rows * columns]
        select new NamedArray(name, Values(kind, bits), rows, columns);

    private static readonly Gen<NamedArrays> AnyArrays = AnyArray.Array[0, 6]
        .Select(arrays => new NamedArrays(arrays.DistinctBy(array => array.Name)));

    [Fact]
    public void What_is_written_is_read_back_bit_for_bit_in_the_same_order() => AnyArrays.Sample(arrays =>
        ArrayFile.Read(ArrayFile.Write(arrays)).Arrays.HaveSameBits(arrays));

    [Fact]
    public void Texts_come_back_beside_the_arrays()
    {
        var bytes = ArrayFile.Write(Two(), [new("unit", "mm²/s"), new("empty", "")]);
        var (arrays, texts) = ArrayFile.Read(bytes);
        Assert.True(arrays.HaveSameBits(Two()));
        Assert.Equal(("mm²/s", ""), (texts["unit"], texts["empty"]));
    }

    /// <summary>The layout of the safetensors format: https://github.com/huggingface/safetensors, "Format".</summary>
    [Fact]
    public void The_bytes_are_a_safetensors_file()
    {
        var bytes = ArrayFile.Write(Two(), [new("made-by", "ivim")]);
        int headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        Assert.Equal(0, headerLength % 8);
        Assert.Equal((byte)'{', bytes[8]);
        using var header = JsonDocument.Parse(bytes.AsMemory(8, headerLength));
        Assert.Equal("ivim", header.RootElement.GetProperty("__metadata__").GetProperty("made-by").GetString());
        var weights = header.RootElement.GetProperty("weights");
        Assert.Equal("F32", weights.GetProperty("dtype").GetString());
        Assert.Equal([2, 3], weights.GetProperty("shape").EnumerateArray().Select(n => n.GetInt32()));
        Assert.Equal([0, 24], weights.GetProperty("data_offsets").EnumerateArray().Select(n => n.GetInt32()));
        var steps = header.RootElement.GetProperty("steps");
        Assert.Equal("I64", steps.GetProperty("dtype").GetString());
        Assert.Equal([24, 40], steps.GetProperty("data_offsets").EnumerateArray().Select(n => n.GetInt32()));
        Assert.Equal(8 + headerLength + 40, bytes.Length);
        Assert.Equal(6f, BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(8 + headerLength + 20)));
        Assert.Equal(-2, BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8 + headerLength + 32)));
    }

    [Fact]
    public void A_damaged_file_is_refused_in_one_way()
    {
        var whole = ArrayFile.Write(Two());
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, whole.Length]).Sample((at, value, length) =>
        {
            var bytes = whole.ToArray();
            bytes[at] = value;
            try
            {
                ArrayFile.Read(bytes.AsMemory(0, length));
            }
            catch (InvalidDataException)
            {
            }
        }, iter: 5000);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""")]
    [InlineData("""{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,99999999999]}}""")]
    [InlineData("""{"a":7}""")]
    [InlineData("""{"__metadata__":{"a":7}}""")]
    [InlineData("[]")]
    public void A_header_that_makes_no_sense_is_refused(string header)
    {
        var bytes = new byte[8 + header.Length + 4];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)header.Length);
        System.Text.Encoding.UTF8.GetBytes(header, bytes.AsSpan(8));
        Assert.Throws<InvalidDataException>(() => ArrayFile.Read(bytes));
    }

    private static NamedArrays Two() => new(
    [
        new NamedArray("weights", new[] { 1f, 2f, 3f, 4f, 5f, 6f }, 2, 3),
        new NamedArray("steps", new[] { 1L, -2L }, 2),
    ]);

    /// <summary>Any bits, so that NaN payloads and negative zeros occur.</summary>
    private static Array Values(int kind, long[] bits) => kind switch
    {
        0 => Array.ConvertAll(bits, value => BitConverter.Int32BitsToSingle((int)value)),
        1 => Array.ConvertAll(bits, BitConverter.Int64BitsToDouble),
        _ => bits,
    };
}
