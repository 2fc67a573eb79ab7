using Ivim.Imaging.Dicom.Geometry;
using Ivim.Imaging.Dicom.Vendors;

namespace Ivim.Imaging.Dicom.Gradients;

/// <summary>The elements of the standard: the MR Diffusion macro (PS3.3 C.8.13.5.9), or its elements in a classic
/// object.</summary>
internal static class StandardWeighting
{
    private static readonly DicomTag[] UpperTriangle =
        [.. Enumerable.Range(0, 6).Select(i => new DicomTag(0x0018, (ushort)(0x9602 + i)))];

    /// <param name="dataset">The item of the macro, or the classic object.</param>
    public static DiffusionWeighting Of(IDicomDataset dataset)
    {
        string directionality = dataset.Text(MrTags.Directionality);
        double? b = dataset.Number(MrTags.BValue, DicomNumbers.DoublePrecision);
        // The b-value may be left out where nothing weighs (PS3.3 table C.8-96, type 1C).
        if (b is null && directionality == "NONE") b = 0;
        var direction = dataset.Items(MrTags.DirectionSequence) is [var item, ..]
            ? Direction(item)
            : Direction(dataset);
        return new DiffusionWeighting(b, direction ?? OfMatrix(dataset),
            IsIsotropic: directionality == "ISOTROPIC").Tidied();
    }

    private static Vector? Direction(IDicomDataset dataset) =>
        Vector.Of(dataset.Numbers(MrTags.Direction, DicomNumbers.DoublePrecision));

    /// <summary>Of one gradient the matrix is b g gᵀ: its column of the greatest diagonal is along g.</summary>
    private static Vector? OfMatrix(IDicomDataset dataset)
    {
        if (dataset.Items(MrTags.BMatrixSequence) is not [var item, ..]) return null;
        double?[] m = [.. UpperTriangle.Select(tag => item.Number(tag, DicomNumbers.DoublePrecision))];
        if (m.Any(value => value is null)) return null;
        double xx = m[0]!.Value, xy = m[1]!.Value, xz = m[2]!.Value;
        double yy = m[3]!.Value, yz = m[4]!.Value, zz = m[5]!.Value;
        var column = xx >= yy && xx >= zz ? new Vector(xx, xy, xz)
            : yy >= zz ? new Vector(xy, yy, yz) : new Vector(xz, yz, zz);
        return column.Length > 0 ? column * (1 / column.Length) : null;
    }
}
