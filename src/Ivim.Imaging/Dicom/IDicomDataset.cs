namespace Ivim.Imaging.Dicom;

/// <summary>The data elements of one object, or of one item of a sequence.</summary>
/// <remarks>
/// Values are read as what is asked for, whatever their representation says (private elements of implicit files say
/// nothing): text is trimmed of padding, numbers come from text or from binary values. What cannot be read so is empty,
/// never an exception: one number of several that cannot be read makes all of them empty.
/// </remarks>
public interface IDicomDataset
{
    /// <summary>The elements that are there, in ascending order.</summary>
    IEnumerable<DicomTag> Tags { get; }

    /// <summary>Whether the element is there, also without a value.</summary>
    bool Contains(DicomTag tag);

    /// <summary>The values that backslashes part, trimmed; empty where there are none.</summary>
    IReadOnlyList<string> Texts(DicomTag tag);

    /// <summary>Values as numbers: of text (IS, DS), integers or floating point.</summary>
    /// <param name="unknown">How to read an element whose representation the file does not tell.</param>
    IReadOnlyList<double> Numbers(DicomTag tag, DicomNumbers unknown = DicomNumbers.Text);

    /// <summary>The value as it lies in the file; empty where there is none.</summary>
    ReadOnlyMemory<byte> Bytes(DicomTag tag);

    /// <summary>The items of a sequence; empty where there is none.</summary>
    IReadOnlyList<IDicomDataset> Items(DicomTag tag);

    /// <summary>Where the private element of this creator lies (PS3.5 7.8): its block is reserved by (gggg,00bb).
    /// </summary>
    /// <param name="group">Odd.</param>
    /// <param name="creator">Exact text of the reservation.</param>
    /// <param name="element">The last two digits, for example 0x39 of (0043,1039).</param>
    /// <returns>Null where the creator reserved nothing.</returns>
    DicomTag? Private(ushort group, string creator, byte element);
}

/// <summary>Binary form of numbers whose representation is not told.</summary>
public enum DicomNumbers
{
    Text,
    UnsignedShort,
    SignedShort,
    UnsignedLong,
    SignedLong,
    SinglePrecision,
    DoublePrecision,
}
