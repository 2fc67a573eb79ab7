using Ivim.Physics;

namespace Ivim.Imaging.Dicom.Series;

/// <summary>Why images make no series of volumes; docs/errors.md lists the codes.</summary>
internal static class VolumeRefusals
{
    private const string SideFile = "give the b-values with --bval, one for each volume";

    public static RefusalException BMissing(string found) => new("DICOM-B-MISSING", found,
        "the b-value of every image (private elements may have been removed)", SideFile);

    public static RefusalException BConflict(string found) =>
        new("DICOM-B-CONFLICT", found, "one b-value for each image", SideFile);

    public static RefusalException PositionMissing(int count) => new("DICOM-POSITION-MISSING",
        $"{count} images without a usable position, orientation or pixel spacing", "all three for each image",
        "export the series again");

    public static RefusalException SlicesMissing(string found) => new("DICOM-SLICES-MISSING", found,
        "every slice of every volume", "export the whole series again, or leave the unfinished volume out");

    public static RefusalException NoneLeft(int dropped) => new("DICOM-NO-IMAGES",
        $"{dropped} maps or phase images only", "acquired magnitudes or trace images", "name another series");

    public static RefusalException Scale() => Scale(
        "Philips' scale slope (2005,100E) in some images and not in others", "it in all of them, or in none");

    public static RefusalException ScaleRange() =>
        Scale("a rescale slope or intercept out of range", "numbers that single precision holds");

    public static RefusalException TooLarge(long voxels, long allowed) => new("DICOM-TOO-LARGE",
        $"{voxels} voxels", $"at most {allowed} in the memory allowed", "give the process more memory");

    private static RefusalException Scale(string found, string expected) =>
        new("DICOM-SCALE", found, expected, "export the series again");

    public static RefusalException Changed() => new("INPUT-CHANGED", "another object in a file than before",
        "files that stay as they are", "run the command again");
}
