using System.Globalization;
using System.Text;

namespace Ivim.Imaging.Dicom.Files;

/// <summary>Elements in the order of their tags.</summary>
internal sealed class DicomDataset : IDicomDataset
{
    private static readonly char[] Padding = [' ', '\0', '\t', '\r', '\n'];

    private readonly DicomElement[] _elements;
    private readonly bool _isBigEndian;
    private readonly Encoding _encoding;

    /// <param name="elements">As they came.</param>
    /// <param name="isUnicode">Whether text is UTF-8.</param>
    /// <exception cref="Physics.RefusalException">DICOM-REPEATED.</exception>
    public DicomDataset(List<DicomElement> elements, bool isBigEndian, bool isUnicode)
    {
        _elements = Distinct(elements);
        _isBigEndian = isBigEndian;
        _encoding = isUnicode ? Encoding.UTF8 : Encoding.Latin1;
    }

    public IEnumerable<DicomTag> Tags => _elements.Select(element => element.Tag);

    public bool Contains(DicomTag tag) => Find(tag) is not null;

    public IReadOnlyList<string> Texts(DicomTag tag)
    {
        if (Find(tag) is not { Value.Length: > 0 } element) return [];
        if (element.Form.Numbers is not DicomNumbers.Text and var form)
            return [.. ElementNumbers.OfBytes(element.Value.Span, form, _isBigEndian)
                .Select(number => number.ToString("R", CultureInfo.InvariantCulture))];
        string text = _encoding.GetString(element.Value.Span);
        return element.Form.IsOneText
            ? [text.Trim(Padding)]
            : [.. text.Split('\\').Select(part => part.Trim(Padding))];
    }

    public IReadOnlyList<double> Numbers(DicomTag tag, DicomNumbers unknown = DicomNumbers.Text)
    {
        if (Find(tag) is not { Value.Length: > 0 } element) return [];
        var form = element.Form.IsUnknown ? unknown : element.Form.Numbers;
        return form == DicomNumbers.Text
            ? ElementNumbers.OfTexts(Texts(tag))
            : ElementNumbers.OfBytes(element.Value.Span, form, _isBigEndian);
    }

    public ReadOnlyMemory<byte> Bytes(DicomTag tag) => Find(tag)?.Value ?? default;

    public IReadOnlyList<IDicomDataset> Items(DicomTag tag) => Find(tag)?.Items ?? [];

    public DicomTag? Private(ushort group, string creator, byte element)
    {
        DicomTag? reserved = null;
        // One creator may reserve several blocks: the one that holds the element is meant.
        for (ushort block = 0x10; block <= 0xFF; block++)
        {
            if (Texts(new DicomTag(group, block)) is not [var name] || name != creator) continue;
            var tag = new DicomTag(group, (ushort)(block << 8 | element));
            if (Contains(tag)) return tag;
            reserved ??= tag;
        }
        return reserved;
    }

    private DicomElement? Find(DicomTag tag)
    {
        int low = 0, high = _elements.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            int order = _elements[middle].Tag.CompareTo(tag);
            if (order == 0) return _elements[middle];
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return null;
    }

    /// <summary>Sorted; a repetition of the same bytes is left out.</summary>
    private static DicomElement[] Distinct(List<DicomElement> elements)
    {
        bool ascends = true;
        for (int i = 1; i < elements.Count && ascends; i++) ascends = elements[i - 1].Tag < elements[i].Tag;
        if (ascends) return [.. elements];
        var sorted = new List<DicomElement>(elements.Count);
        foreach (var element in elements.OrderBy(element => element.Tag))
        {
            if (sorted.Count == 0 || sorted[^1].Tag != element.Tag) sorted.Add(element);
            else if (!IsSame(sorted[^1], element)) throw DicomRefusals.Repeated(element.Tag);
        }
        return [.. sorted];
    }

    private static bool IsSame(DicomElement first, DicomElement second) =>
        first.Items is null && second.Items is null && !DicomTags.ArePixels(first.Tag)
        && first.Value.Span.SequenceEqual(second.Value.Span);
}
