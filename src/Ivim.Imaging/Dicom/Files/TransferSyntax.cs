namespace Ivim.Imaging.Dicom.Files;

/// <summary>How the elements of a file are written, by its transfer syntax (PS3.5 annex A).</summary>
/// <param name="IsExplicit">Whether each element tells its value representation.</param>
/// <param name="IsDeflated">Whether everything behind the meta information is compressed.</param>
internal readonly record struct TransferSyntax(string Uid, bool IsExplicit, bool IsBigEndian, bool IsDeflated)
{
    public const string ImplicitLittle = "1.2.840.10008.1.2";
    public const string ExplicitLittle = "1.2.840.10008.1.2.1";
    public const string Deflated = "1.2.840.10008.1.2.1.99";
    public const string ExplicitBig = "1.2.840.10008.1.2.2";
    public const string RunLength = "1.2.840.10008.1.2.5";

    /// <summary>Whether pixels lie in the file as they are.</summary>
    public bool IsNative => Uid is ImplicitLittle or ExplicitLittle or Deflated or ExplicitBig;

    private const string StandardRoot = "1.2.840.10008.1.2.";

    /// <summary>The syntax of this identifier; all with compressed pixels write elements in explicit little endian.
    /// </summary>
    /// <returns>Null for one whose elements cannot be read.</returns>
    public static TransferSyntax? Of(string uid) => uid switch
    {
        // Deflated too, and their pixels are on a server.
        StandardRoot + "4.95" or StandardRoot + "4.205" => null,
        ImplicitLittle => new(uid, false, false, false),
        ExplicitBig => new(uid, true, true, false),
        Deflated => new(uid, true, false, true),
        _ when uid.StartsWith(StandardRoot, StringComparison.Ordinal) => new(uid, true, false, false),
        _ => null,
    };
}
