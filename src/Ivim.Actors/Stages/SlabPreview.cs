using Ivim.Actors.Artifacts;
using Ivim.Imaging.Nifti;

namespace Ivim.Actors.Stages;

/// <summary>A map of a study that is still at work: of the slabs that have any result, as they are now.</summary>
/// <remarks>
/// A merged slab is shown as merged. One that is not yet has the mean over the networks that have come to their end,
/// and their standard deviation as spread; the real merge may choose another rule, and leave networks out.
/// </remarks>
public static class SlabPreview
{
    /// <summary>The maps that there is a preview of, by the names of the published ones.</summary>
    public static IReadOnlyList<string> Parameters { get; } =
    [
        .. OutputMaps.All.Select(map => map.Parameter),
        .. OutputMaps.All.Where(map => map.HasSpread).Select(map => map.Parameter + OutputMaps.SpreadSuffix),
    ];

    /// <param name="frameFile">The artifact `frame` of the preparation.</param>
    /// <param name="slabFiles">
    /// Of each slab its one artifact `merged`, or the artifacts `maps` of finished networks; empty where there is none.
    /// </param>
    /// <param name="parameter">One of <see cref="Parameters"/>.</param>
    /// <returns>NIfTI, gzip; 0 where nothing is known.</returns>
    /// <exception cref="InvalidDataException">An artifact is none of these.</exception>
    public static byte[] Write(byte[] frameFile, IReadOnlyList<IReadOnlyList<byte[]>> slabFiles, string parameter)
    {
        var frame = StudyFrame.From(ArrayFile.Read(frameFile).Arrays);
        bool isSpread = parameter.EndsWith(OutputMaps.SpreadSuffix, StringComparison.Ordinal);
        var name = isSpread ? parameter[..^OutputMaps.SpreadSuffix.Length] : parameter;
        var map = OutputMaps.All.Single(map => map.Parameter == name);
        var voxels = new float[frame.Shape.VoxelsPerVolume];
        long inSlice = frame.Shape.VoxelsPerVolume / frame.Shape.Slices;
        foreach (var slab in frame.Slabs)
        {
            var parts = (slab.Index < slabFiles.Count ? slabFiles[slab.Index] : [])
                .Select(file => SlabMaps.From(ArrayFile.Read(file).Arrays)).ToList();
            if (parts.Count == 0) continue;
            var values = isSpread ? Spread(parts, map) : Mean([.. parts.Select(part => map.Of(part.Maps))]);
            int at = 0;
            for (int i = First(frame.Voxels, slab.CoreFirst * inSlice); at < values.Length; i++, at++)
                voxels[frame.Voxels[i]] = map.IsRelative ? values[at] * frame.Reference[i] : values[at];
        }
        using var image = new MemoryStream();
        NiftiWriter.Write(image, frame.Header, frame.Shape, voxels);
        return image.ToArray();
    }

    private static int First(long[] voxels, long from)
    {
        int at = Array.BinarySearch(voxels, from);
        return at < 0 ? ~at : at;
    }

    private static float[] Spread(List<SlabMaps> parts, OutputMap map)
    {
        if (parts is [{ Spread: { } known }]) return map.Of(known);
        if (parts.Count == 1) return [];
        var values = parts.Select(part => map.Of(part.Maps)).ToArray();
        var mean = Mean(values);
        return [.. mean.Select((center, i) =>
            (float)Math.Sqrt(values.Sum(one => Math.Pow(one[i] - center, 2)) / (values.Length - 1)))];
    }

    private static float[] Mean(float[][] values) => values is [var only] ? only
        : [.. Enumerable.Range(0, values[0].Length).Select(i => (float)values.Average(one => (double)one[i]))];
}
