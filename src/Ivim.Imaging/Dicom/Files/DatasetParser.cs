namespace Ivim.Imaging.Dicom.Files;

/// <summary>Reads the elements of one file, sequences with them; the pixel data stay where they are.</summary>
internal sealed class DatasetParser(
    ByteCursor cursor, DicomLimits limits, Tally tally, int depth = 0, bool isUnicode = false)
{
    private const uint Undefined = 0xFFFFFFFF;

    // Items have the character set of what holds them, unless they name one (PS3.5 7.5.3).
    private bool _isUnicode = isUnicode;

    /// <summary>Where the pixel data of the object lie; null where it has none.</summary>
    public PixelLocation? Pixels { get; private set; }

    /// <summary>The elements of one group; an element of another group ends it.</summary>
    public DicomDataset Group(ushort group, bool isExplicit)
    {
        var elements = new List<DicomElement>();
        while (cursor.Left >= sizeof(ushort) && PeekGroup() == group)
            elements.Add(Element(Tag(), isExplicit, cursor.Length));
        return new DicomDataset(elements, cursor.IsBigEndian, _isUnicode);
    }

    /// <summary>The elements up to an end.</summary>
    /// <param name="end">Null for an item that ends with a delimiter.</param>
    public DicomDataset Dataset(bool isExplicit, long? end)
    {
        var elements = new List<DicomElement>();
        while (cursor.Position != end)
        {
            if (end is { } place && IsPadding(place)) break;
            var tag = Tag();
            if (tag == DicomTags.ItemEnd && end is null)
            {
                cursor.UInt32();
                break;
            }
            if (tag.Group == DicomTags.Item.Group)
                throw DicomRefusals.Damaged($"{tag} between elements", "an element");
            elements.Add(Element(tag, isExplicit, end ?? cursor.Length));
        }
        return new DicomDataset(elements, cursor.IsBigEndian, _isUnicode);
    }

    private DicomElement Element(DicomTag tag, bool isExplicit, long end)
    {
        tally.Count();
        var (form, length) = isExplicit ? ExplicitHeader() : (ValueForm.Untold, cursor.UInt32());
        if (length != Undefined) RequireInside(length, end);
        if (DicomTags.ArePixels(tag)) return PixelElement(tag, form, length);
        if (length == Undefined) return new(tag, form, default, UndefinedSequence(tag, form, isExplicit));
        if (form.Is("SQ")) return new(tag, form, default, Items(isExplicit, cursor.Position + length));
        if (length > limits.ValueBytes)
            throw DicomRefusals.TooLarge($"a value of {length} bytes", $"at most {limits.ValueBytes}");
        var value = cursor.Take((int)length);
        if (tag == DicomTags.CharacterSet) _isUnicode = value.Span.IndexOf("ISO_IR 192"u8) >= 0;
        return new(tag, form, value, form.IsUnknown ? UntoldSequence(tag, value) : null);
    }

    private (ValueForm Form, uint Length) ExplicitHeader()
    {
        var start = cursor.Peek(sizeof(uint)).Span;
        var form = new ValueForm(start[0], start[1]);
        // Some writers leave single elements without a representation: then the length follows the tag.
        if (!form.IsLetters) return (ValueForm.Untold, cursor.UInt32());
        bool isReserved = start[2] == 0 && start[3] == 0;
        cursor.Skip(sizeof(ushort));
        if (form.HasShortLength || !form.IsKnown && !isReserved) return (form, cursor.UInt16());
        cursor.Skip(sizeof(ushort));
        return (form, cursor.UInt32());
    }

    private DicomElement PixelElement(DicomTag tag, ValueForm form, uint length)
    {
        long position = cursor.Position;
        var fragments = length == Undefined ? Fragments() : null;
        if (fragments is null) cursor.Skip(length);
        if (depth == 0)
        {
            if (Pixels is not null) throw DicomRefusals.Repeated(tag);
            Pixels = new PixelLocation(tag, form, position, fragments is null ? length : 0, fragments);
        }
        return new(tag, form, default);
    }

    private List<PixelFragment> Fragments()
    {
        var fragments = new List<PixelFragment>();
        for (;;)
        {
            tally.Count();
            var tag = Tag();
            uint length = cursor.UInt32();
            if (tag == DicomTags.SequenceEnd) return fragments;
            if (tag != DicomTags.Item || length > int.MaxValue)
                throw DicomRefusals.Damaged("compressed pixels that are not in fragments", "fragments");
            RequireInside(length, cursor.Length);
            fragments.Add(new PixelFragment(cursor.Position, (int)length));
            cursor.Skip(length);
        }
    }

    private List<DicomDataset> UndefinedSequence(DicomTag tag, ValueForm form, bool isExplicit)
    {
        if (!form.Is("SQ") && !form.IsUnknown)
            throw DicomRefusals.Damaged($"{tag} without a length", "one for all but sequences");
        if (!form.Is("UN")) return Items(isExplicit, end: null);
        // PS3.5 6.2.2: what is of unknown representation and has no length is a sequence in implicit little endian.
        bool isBigEndian = cursor.IsBigEndian;
        cursor.IsBigEndian = false;
        var items = Items(ItemsAreExplicit(cursor.Peek((int)Math.Min(cursor.Left, 14)).Span), end: null);
        cursor.IsBigEndian = isBigEndian;
        return items;
    }

    /// <summary>The items of a value that begins as a sequence does, though the file does not say that it is one.
    /// </summary>
    /// <returns>Null where it is none. A private value may be anything.</returns>
    private List<DicomDataset>? UntoldSequence(DicomTag tag, ReadOnlyMemory<byte> value)
    {
        if (value.Length < 8 || value.Span is not [0xFE, 0xFF, 0x00, 0xE0, ..]) return null;
        var inner = new DatasetParser(new ByteCursor(new MemoryBytes(value), 0), limits, tally, depth, _isUnicode);
        try
        {
            return inner.Items(ItemsAreExplicit(value.Span), value.Length);
        }
        catch (Physics.RefusalException refusal) when (tag.IsPrivate && !tally.IsLimit(refusal))
        {
            return null;
        }
    }

    private List<DicomDataset> Items(bool isExplicit, long? end)
    {
        if (depth >= limits.Depth)
            throw DicomRefusals.TooLarge($"sequences {depth + 1} deep", $"at most {limits.Depth}");
        var items = new List<DicomDataset>();
        while (cursor.Position != end)
        {
            tally.Count();
            var tag = Tag();
            uint length = cursor.UInt32();
            if (tag == DicomTags.SequenceEnd && (end is null || cursor.Position == end)) break;
            if (tag != DicomTags.Item) throw DicomRefusals.Damaged($"{tag} in a sequence", "an item");
            if (length != Undefined) RequireInside(length, end ?? cursor.Length);
            var inner = new DatasetParser(cursor, limits, tally, depth + 1, _isUnicode);
            items.Add(inner.Dataset(isExplicit, length == Undefined ? null : cursor.Position + length));
        }
        return items;
    }

    /// <summary>By the first element of the first item: a known representation stands behind its tag.</summary>
    private static bool ItemsAreExplicit(ReadOnlySpan<byte> items) =>
        items.Length >= 14 && new ValueForm(items[12], items[13]).IsKnown;

    private void RequireInside(uint length, long end)
    {
        if (length <= end - cursor.Position) return;
        if (length > cursor.Left)
            throw DicomRefusals.Truncated($"{cursor.Left} bytes where {length} are announced", "a whole file");
        throw DicomRefusals.Damaged("a value that is longer than what holds it", "lengths that agree");
    }

    /// <summary>Zeros behind the pixel data, with which some writers fill a block of the disk.</summary>
    private bool IsPadding(long end) =>
        depth == 0 && Pixels is not null
        && cursor.Peek((int)Math.Min(8, end - cursor.Position)).Span.Trim((byte)0).IsEmpty;

    private ushort PeekGroup()
    {
        long place = cursor.Position;
        ushort group = cursor.UInt16();
        cursor.GoTo(place);
        return group;
    }

    private DicomTag Tag() => new(cursor.UInt16(), cursor.UInt16());
}
