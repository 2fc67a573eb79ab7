namespace Ivim.Imaging.Dicom.Files;

/// <summary>Two letters that say how a value is written (PS3.5 6.2), packed into a number.</summary>
internal readonly record struct ValueForm(byte First, byte Second)
{
    /// <summary>Of elements in implicit files, which do not tell it.</summary>
    public static readonly ValueForm Untold = new(0, 0);

    public static ValueForm Of(string letters) => new((byte)letters[0], (byte)letters[1]);

    public bool IsLetters => First is >= (byte)'A' and <= (byte)'Z' && Second is >= (byte)'A' and <= (byte)'Z';

    public bool IsUnknown => this == Untold || Is("UN");

    public bool Is(string letters) => First == letters[0] && Second == letters[1];

    public bool IsKnown => HasShortLength || Letters(stackalloc char[2]) is
        "OB" or "OD" or "OF" or "OL" or "OV" or "OW" or "SQ" or "SV" or "UC" or "UN" or "UR" or "UT" or "UV";

    /// <summary>Whether a length of two bytes follows the letters at once (PS3.5 table 7.1-2).</summary>
    public bool HasShortLength => Letters(stackalloc char[2]) is
        "AE" or "AS" or "AT" or "CS" or "DA" or "DS" or "DT" or "FL" or "FD" or "IS" or "LO" or "LT" or "PN" or "SH"
        or "SL" or "SS" or "ST" or "TM" or "UI" or "UL" or "US";

    /// <summary>Whether a backslash is part of the text and parts nothing.</summary>
    public bool IsOneText => Letters(stackalloc char[2]) is "LT" or "ST" or "UT" or "UR";

    /// <summary>How numbers lie in the value; text where they are written in digits.</summary>
    public DicomNumbers Numbers => Letters(stackalloc char[2]) switch
    {
        "US" or "OW" or "AT" => DicomNumbers.UnsignedShort,
        "SS" => DicomNumbers.SignedShort,
        "UL" or "OL" => DicomNumbers.UnsignedLong,
        "SL" => DicomNumbers.SignedLong,
        "FL" or "OF" => DicomNumbers.SinglePrecision,
        "FD" or "OD" => DicomNumbers.DoublePrecision,
        _ => DicomNumbers.Text,
    };

    private ReadOnlySpan<char> Letters(Span<char> letters)
    {
        (letters[0], letters[1]) = ((char)First, (char)Second);
        return letters;
    }
}
