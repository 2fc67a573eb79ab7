using System.Buffers.Binary;

namespace Ivim.Imaging.Dicom.Files;

/// <summary>The start of a file: preamble and meta information where it has them, and how the elements are written.
/// </summary>
internal static class FileStart
{
    private const int PreambleBytes = 128, LookBytes = 8;

    /// <summary>Leaves the cursor at the first element that is no meta information.</summary>
    public static TransferSyntax Read(ByteCursor cursor, DicomLimits limits, Tally tally)
    {
        bool hasPreamble = cursor.Length >= PreambleBytes + 4 && IsMark(cursor);
        cursor.GoTo(hasPreamble ? PreambleBytes + 4 : 0);
        if (!hasPreamble && Guess(cursor) is null && !IsMeta(cursor))
            throw DicomRefusals.NotDicom("neither a DICOM mark nor elements at the start");
        string uid = IsMeta(cursor)
            ? new DatasetParser(cursor, limits, tally).Group(DicomTags.MetaGroup, isExplicit: true)
                .Texts(DicomTags.TransferSyntax).FirstOrDefault("")
            : "";
        if (uid.Length == 0)
            return Guess(cursor)
                ?? throw DicomRefusals.Syntax();
        var declared = TransferSyntax.Of(uid) ?? throw DicomRefusals.Syntax();
        // Some writers say implicit and write explicit, or the reverse: the first element shows it.
        return !declared.IsDeflated && Guess(cursor) is { } seen && seen.IsBigEndian == declared.IsBigEndian
            ? declared with { IsExplicit = seen.IsExplicit }
            : declared;
    }

    /// <summary>How the elements are written, by the first of them: of group 8, or 4 in a directory.</summary>
    /// <returns>Null where no element is seen.</returns>
    private static TransferSyntax? Guess(ByteCursor cursor)
    {
        if (cursor.Left < LookBytes) return null;
        var start = cursor.Peek(LookBytes).Span;
        bool isBigEndian = start[0] == 0;
        ushort group = isBigEndian
            ? BinaryPrimitives.ReadUInt16BigEndian(start)
            : BinaryPrimitives.ReadUInt16LittleEndian(start);
        if (group is not (0x0004 or 0x0008)) return null;
        var form = new ValueForm(start[4], start[5]);
        if (form.IsKnown)
            return TransferSyntax.Of(isBigEndian ? TransferSyntax.ExplicitBig : TransferSyntax.ExplicitLittle);
        bool fits = BinaryPrimitives.ReadUInt32LittleEndian(start[4..]) <= cursor.Left - LookBytes;
        return fits && !isBigEndian && !form.IsLetters ? TransferSyntax.Of(TransferSyntax.ImplicitLittle) : null;
    }

    private static bool IsMark(ByteCursor cursor)
    {
        cursor.GoTo(PreambleBytes);
        return cursor.Peek(4).Span.SequenceEqual("DICM"u8);
    }

    private static bool IsMeta(ByteCursor cursor) =>
        cursor.Left >= LookBytes && BinaryPrimitives.ReadUInt16LittleEndian(cursor.Peek(2).Span) == DicomTags.MetaGroup;
}
