using Ivim.Physics;

namespace Ivim.Imaging.Dicom;

/// <summary>The refusals of the DICOM reader, each worded once; docs/errors.md lists them.</summary>
internal static class DicomRefusals
{
    private const string CopyAgain = "copy or export the file again";

    public static RefusalException NotDicom(string found) =>
        new("DICOM-NOT-DICOM", found, "a DICOM file", "leave the file out, or export the image as DICOM");

    public static RefusalException Truncated(string found, string expected) =>
        new("DICOM-TRUNCATED", found, expected, CopyAgain);

    public static RefusalException Damaged(string found, string expected, Exception? cause = null) =>
        new("DICOM-DAMAGED", found, expected, CopyAgain, cause);

    public static RefusalException Repeated(DicomTag tag) =>
        new("DICOM-REPEATED", $"element {tag} twice with different values", "each element once", CopyAgain);

    public static RefusalException TooLarge(string found, string expected) =>
        new("DICOM-TOO-LARGE", found, expected, "leave the file out, or export the image without it");

    public static RefusalException Changed() =>
        new("DICOM-CHANGED", "a file that changed while it was read", "one that stays as it is",
            "read the folder again");

    public static RefusalException Syntax() =>
        new("DICOM-SYNTAX", "a transfer syntax that is not read", "one that docs/dicom.md lists",
            "convert the file to explicit little endian, for example with gdcmconv --raw");

    public static RefusalException NoPixels() =>
        new("DICOM-NO-PIXELS", "no pixel data", "the pixels that the elements announce", CopyAgain);

    public static RefusalException PixelFormat(string found, string expected) =>
        new("DICOM-PIXEL-FORMAT", found, expected, "export the image with 8, 16 or 32 bits for each pixel");

    public static RefusalException PixelSize(string found, string expected) =>
        new("DICOM-PIXEL-SIZE", found, expected, CopyAgain);

    public static RefusalException PixelRange(string found) =>
        new("DICOM-PIXEL-RANGE", found, "values that can be told apart", "export the image uncompressed");

    public static RefusalException Colour() =>
        new("DICOM-COLOUR", "a colour image", "grey values", "leave the file out");

    public static RefusalException Lossy() =>
        new("DICOM-LOSSY", "lossy compression", "the pixels as they were acquired",
            "export the series uncompressed or with lossless compression");

    public static RefusalException Fragments(string found, string expected) =>
        new("DICOM-FRAGMENTS", found, expected, CopyAgain);

    public static RefusalException CorruptPixels(string found, Exception? cause = null) =>
        new("DICOM-CORRUPT-PIXELS", found, "an intact compressed frame", CopyAgain, cause);

    public static RefusalException CodecMissing(string library, string package) =>
        new("DICOM-CODEC-MISSING", $"no {library} on this machine", "the library that unpacks this image",
            $"install it (apt install {package}), or convert the file with gdcmconv --raw");
}
