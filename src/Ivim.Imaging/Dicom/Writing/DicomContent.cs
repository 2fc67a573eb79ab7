using System.Buffers.Binary;
using System.Globalization;

namespace Ivim.Imaging.Dicom.Writing;

/// <summary>Elements to be written: of an object, or of one item of a sequence.</summary>
/// <remarks>An element that is set twice has its last value. Representations are those of PS3.6, two letters.</remarks>
public sealed class DicomContent
{
    private const int LongestDecimal = 16;

    private readonly SortedDictionary<DicomTag, WrittenElement> _elements = [];

    internal IEnumerable<WrittenElement> Elements => _elements.Values;

    /// <summary>Text of any representation that is text, dates and identifiers too.</summary>
    /// <param name="values">None for an element without a value.</param>
    public DicomContent Text(DicomTag tag, string form, params ReadOnlySpan<string> values) =>
        Set(new WrittenElement(tag, form, string.Join('\\', values!)));

    /// <summary>Numbers in digits (DS): as exact as the 16 characters allow.</summary>
    public DicomContent Decimals(DicomTag tag, params ReadOnlySpan<double> values) =>
        Set(new WrittenElement(tag, "DS", string.Join('\\', values.ToArray().Select(Decimal))));

    /// <summary>Whole numbers in digits (IS).</summary>
    public DicomContent Integers(DicomTag tag, params ReadOnlySpan<int> values) =>
        Set(new WrittenElement(tag, "IS",
            string.Join('\\', values.ToArray().Select(value => value.ToString(CultureInfo.InvariantCulture)))));

    public DicomContent UnsignedShorts(DicomTag tag, params ReadOnlySpan<ushort> values) =>
        Binary(tag, "US", values, sizeof(ushort), BinaryPrimitives.WriteUInt16LittleEndian);

    public DicomContent UnsignedLongs(DicomTag tag, params ReadOnlySpan<uint> values) =>
        Binary(tag, "UL", values, sizeof(uint), BinaryPrimitives.WriteUInt32LittleEndian);

    /// <summary>FD.</summary>
    public DicomContent Doubles(DicomTag tag, params ReadOnlySpan<double> values) =>
        Binary(tag, "FD", values, sizeof(double), BinaryPrimitives.WriteDoubleLittleEndian);

    /// <summary>FL.</summary>
    public DicomContent Singles(DicomTag tag, params ReadOnlySpan<float> values) =>
        Binary(tag, "FL", values, sizeof(float), BinaryPrimitives.WriteSingleLittleEndian);

    /// <summary>AT.</summary>
    public DicomContent Tags(DicomTag tag, params ReadOnlySpan<DicomTag> values) =>
        Binary(tag, "AT", values, 2 * sizeof(ushort), static (bytes, value) =>
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, value.Group);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[sizeof(ushort)..], value.Element);
        });

    /// <summary>Bytes of any representation, little endian: OB, OW, OF, OD, UN.</summary>
    public DicomContent Bytes(DicomTag tag, string form, ReadOnlyMemory<byte> value) =>
        Set(new WrittenElement(tag, form, value));

    public DicomContent Sequence(DicomTag tag, params ReadOnlySpan<DicomContent> items) =>
        Set(new WrittenElement(tag, items.ToArray()));

    private DicomContent Binary<T>(
        DicomTag tag, string form, ReadOnlySpan<T> values, int width, SpanAction<T> write)
    {
        var bytes = new byte[values.Length * width];
        for (int i = 0; i < values.Length; i++) write(bytes.AsSpan(i * width), values[i]);
        return Bytes(tag, form, bytes);
    }

    private DicomContent Set(WrittenElement element)
    {
        _elements[element.Tag] = element;
        return this;
    }

    private static string Decimal(double value)
    {
        if (!double.IsFinite(value)) throw new ArgumentOutOfRangeException(nameof(value), "no finite number");
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        for (int digits = LongestDecimal; text.Length > LongestDecimal; digits--)
            text = value.ToString($"G{digits}", CultureInfo.InvariantCulture);
        return text;
    }

    private delegate void SpanAction<in T>(Span<byte> bytes, T value);
}
