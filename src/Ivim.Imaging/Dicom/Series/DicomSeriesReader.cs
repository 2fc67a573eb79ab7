using System.Collections.Immutable;
using Ivim.Imaging.Dicom.Files;
using Ivim.Imaging.Dicom.Geometry;
using Ivim.Imaging.Dicom.Gradients;
using Ivim.Imaging.Gradients;
using Ivim.Imaging.Nifti;
using Ivim.Imaging.Volumes;
using Ivim.Physics;

namespace Ivim.Imaging.Dicom.Series;

/// <summary>Reads one diffusion series out of a folder of DICOM objects, a DICOMDIR or a single object.</summary>
public sealed class DicomSeriesReader(IDicomReader? reader = null, NiftiLimits? limits = null)
{
    private readonly IDicomReader _reader = reader ?? new ManagedDicomReader();
    private readonly NiftiLimits _limits = limits ?? NiftiLimits.Default;

    /// <summary>The series that lie there, without their pixels.</summary>
    /// <exception cref="RefusalException">A file is damaged, or nothing is there.</exception>
    public SeriesCatalog List(string path) => SeriesCatalog.Of(DicomFolder.FilesOf(path, _reader), _reader);

    /// <param name="path">A folder, a DICOMDIR, or one object.</param>
    /// <exception cref="RefusalException">DICOM-...: docs/dicom-series.md says what is accepted.</exception>
    public DicomSeries Read(string path, DicomWishes? wishes = null)
    {
        var (outline, volumes, stack) = Arranged(path, wishes ?? new DicomWishes());
        var pixels = SliceVoxels.Read(volumes, stack, _reader);
        return new DicomSeries(new NiftiImage(outline.Header, pixels.Voxels), outline.BSecondsPerMm2,
            outline.Directions, pixels.Technical, outline.Warnings);
    }

    /// <summary>What <see cref="Read"/> would give, without the pixels.</summary>
    /// <param name="path">A folder, a DICOMDIR, or one object.</param>
    /// <exception cref="RefusalException">As <see cref="Read"/>, but for what only pixels show.</exception>
    public DicomOutline Outline(string path, DicomWishes? wishes = null) =>
        Arranged(path, wishes ?? new DicomWishes()).Outline;

    private (DicomOutline Outline, IReadOnlyList<Volume> Volumes, SliceStack Stack) Arranged(
        string path, DicomWishes wishes)
    {
        var catalog = List(path);
        var warnings = catalog.Warnings.ToList();
        var series = SeriesChoice.Of(catalog.Series, wishes.Series, wishes.BSecondsPerMm2 is not null);
        int others = catalog.Series.Sum(other => other.Images) - series.Images;
        if (others > 0) warnings.Add(new("DICOM-OTHER-SERIES", $"{others} images of other series are left out"));
        var slices = WantedSlices.Of(series, warnings);
        RequireComplete(slices, wishes, warnings);
        var stack = SliceStack.Of([.. slices.Select(one => one.Slice.Plane!)],
            slices.Select(one => one.Slice.Thickness).FirstOrDefault(thickness => thickness is not null));
        var volumes = VolumeSorting.Sort(slices, stack);
        RequireCounts(wishes, volumes.Count);
        RequireFits(stack, volumes.Count);
        var header = NiftiGeometry.Create(new(stack.Columns, stack.Rows, stack.Slices, volumes.Count), stack.Affine());
        var directions = wishes.Directions ?? Directions(volumes, stack, warnings);
        double[] b = [.. wishes.BSecondsPerMm2 ?? volumes.Select(volume => volume.Weighting.BSecondsPerMm2!.Value)];
        return (new DicomOutline(header, [.. b], directions, [.. warnings]), volumes, stack);
    }

    private static void RequireComplete(
        List<PlacedSlice> slices, DicomWishes wishes, List<InputWarning> warnings)
    {
        int nowhere = slices.Count(one => one.Slice.Plane is null);
        if (nowhere > 0) throw VolumeRefusals.PositionMissing(nowhere);
        int precise = slices.Count(one => one.Slice.Scaling.IsPhilipsPrecise);
        if (precise > 0 && precise < slices.Count) throw VolumeRefusals.Scale();
        if (slices.Any(one => !one.Slice.Scaling.IsUsable)) throw VolumeRefusals.ScaleRange();
        int unknown = slices.Count(one => one.Slice.Weighting.BSecondsPerMm2 is null);
        if (wishes.BSecondsPerMm2 is not null)
        {
            if (unknown > 0)
                warnings.Add(new("DICOM-ORDER-ASSUMED", "the objects tell no b-values: the given ones are taken in "
                    + "the order of the instance numbers"));
            return;
        }
        if (unknown > 0) throw VolumeRefusals.BMissing($"no b-value in {unknown} of {slices.Count} images");
        if (slices.FirstOrDefault(one => one.Slice.Weighting.Doubt is not null).Slice is { Weighting.Doubt: { } doubt })
            throw VolumeRefusals.BConflict(doubt);
    }

    private static void RequireCounts(DicomWishes wishes, int volumes)
    {
        if (wishes.BSecondsPerMm2 is { } b && b.Count != volumes)
            throw new RefusalException("BVAL-COUNT", $"{b.Count} b-values", $"{volumes}, one per volume",
                "give the b-values of this series");
        if (wishes.Directions is { } directions && directions.Length != volumes)
            throw new RefusalException("BVEC-COUNT", $"{directions.Length} b-vectors", $"{volumes}, one per volume",
                "give the b-vectors of this series, or none");
    }

    private void RequireFits(SliceStack stack, int volumes)
    {
        long allowed = Math.Min(Array.MaxLength, _limits.MemoryBytes / sizeof(float));
        long slice = (long)stack.Rows * stack.Columns;
        // The product of four lengths: each step is bounded before the next.
        if (slice > allowed || slice * stack.Slices > allowed || slice * stack.Slices > allowed / volumes)
            throw VolumeRefusals.TooLarge(slice * stack.Slices, allowed);
        if (stack.Rows > short.MaxValue || stack.Columns > short.MaxValue || stack.Slices > short.MaxValue
            || volumes > short.MaxValue)
            throw VolumeRefusals.TooLarge(slice * stack.Slices, allowed);
    }

    private static ImmutableArray<GradientDirection>? Directions(
        IReadOnlyList<Volume> volumes, SliceStack stack, List<InputWarning> warnings)
    {
        bool IsDirectional(Volume volume) => !volume.Weighting.IsIsotropic
            && volume.Weighting.BSecondsPerMm2 > BValueTable.ZeroToleranceSecondsPerMm2;
        int without = volumes.Count(volume => IsDirectional(volume) && volume.Weighting.Direction is null);
        if (without > 0)
        {
            warnings.Add(new("DICOM-DIRECTION-MISSING",
                $"{without} weighted volumes tell no direction; none is used of any volume"));
            return null;
        }
        if (volumes.Any(volume => !volume.Slices[0].Slice.AreAxesVerified))
            warnings.Add(new("DICOM-DIRECTION-UNVERIFIED",
                "directions are given along axes that were not checked for this scanner and slice orientation: they "
                + "tell directions apart, but may be turned"));
        return [.. volumes.Select(volume => ImageAxes.Of(volume.Weighting, stack.First))];
    }
}
