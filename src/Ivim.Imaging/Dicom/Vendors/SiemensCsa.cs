using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Ivim.Imaging.Dicom.Vendors;

/// <summary>The private header that Siemens calls CSA, (0029,1010): named lists of texts.</summary>
/// <remarks>
/// Any bytes give an answer: what cannot be read ends the list, what was read before it stays. The form, as nibabel's
/// documentation describes it (Siemens CSA header): "SV10", four bytes, the count of elements, four bytes; for each a
/// name of 64 bytes, multiplicity, representation, type, the count of items, four bytes; for each item four lengths, of
/// which the second counts, and the text, padded to four bytes.
/// </remarks>
public sealed class SiemensCsa
{
    private const int MostElements = 4096, MostItems = 4096, NameBytes = 64;

    private readonly Dictionary<string, string[]> _elements;

    private SiemensCsa(Dictionary<string, string[]> elements) => _elements = elements;

    public static SiemensCsa Empty { get; } = new([]);

    public int Count => _elements.Count;

    /// <summary>The header of an object; empty where there is none.</summary>
    public static SiemensCsa Of(IDicomDataset dataset) =>
        dataset.Private(0x0029, "SIEMENS CSA HEADER", 0x10) is { } tag ? Parse(dataset.Bytes(tag).Span) : Empty;

    public static SiemensCsa Parse(ReadOnlySpan<byte> bytes)
    {
        var elements = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (bytes.Length < 16 || !bytes.StartsWith("SV10"u8)) return Empty;
        int at = 8;
        int count = Integer(bytes, ref at);
        at += 4;
        if (count is < 1 or > MostElements) return Empty;
        for (int i = 0; i < count; i++)
            if (!Element(bytes, ref at, elements)) break;
        return new SiemensCsa(elements);
    }

    /// <summary>The items that hold something.</summary>
    public IReadOnlyList<string> Texts(string name) => _elements.TryGetValue(name, out string[]? texts) ? texts : [];

    public string Text(string name) => Texts(name).FirstOrDefault("");

    /// <summary>Empty where one of the items is no number.</summary>
    public IReadOnlyList<double> Numbers(string name)
    {
        var texts = Texts(name);
        var numbers = new double[texts.Count];
        for (int i = 0; i < numbers.Length; i++)
            if (!double.TryParse(texts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])
                || !double.IsFinite(numbers[i])) return [];
        return numbers;
    }

    public double? Number(string name) => Numbers(name) is [double first, ..] ? first : null;

    private static bool Element(ReadOnlySpan<byte> bytes, ref int at, Dictionary<string, string[]> elements)
    {
        if (bytes.Length - at < NameBytes + 20) return false;
        string name = Text(bytes.Slice(at, NameBytes));
        at += NameBytes + 12;
        int items = Integer(bytes, ref at);
        at += 4;
        if (items is < 0 or > MostItems) return false;
        var texts = new List<string>();
        for (int i = 0; i < items; i++)
        {
            if (bytes.Length - at < 16) return false;
            at += 4;
            int length = Integer(bytes, ref at);
            at += 8;
            if (length < 0 || length > bytes.Length - at) return false;
            string text = Text(bytes.Slice(at, length));
            if (text.Length > 0) texts.Add(text);
            at = (int)Math.Min(bytes.Length, at + ((long)length + 3) / 4 * 4);
        }
        return elements.TryAdd(name, [.. texts]);
    }

    private static int Integer(ReadOnlySpan<byte> bytes, ref int at)
    {
        int value = BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);
        at += 4;
        return value;
    }

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? bytes : bytes[..end]).Trim();
    }
}
