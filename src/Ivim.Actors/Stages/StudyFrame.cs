using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Ivim.Imaging.Nifti;
using Ivim.Imaging.Volumes;
using Ivim.Learning;
using Ivim.Physics;

namespace Ivim.Actors.Stages;

/// <summary>What the maps of a study must fit: geometry, mask, reference signal, b-values and slabs.</summary>
/// <param name="Voxels">Indices of the mask's voxels in [z, y, x], ascending.</param>
/// <param name="Reference">Scanner units, one per voxel of the mask.</param>
/// <param name="ReferenceBSecondsPerMm2">The b-value that the reference was acquired at, s/mm².</param>
/// <param name="Noise">What was found about the noise, for the provenance; null where nothing was denoised.</param>
internal sealed record StudyFrame(
    NiftiHeader Header,
    long[] Voxels,
    float[] Reference,
    double ReferenceBSecondsPerMm2,
    BValueTable BValues,
    ImmutableArray<Slab> Slabs,
    JsonObject? Noise = null)
{
    public ImageShape Shape => Header.Shape.OneVolume;

    public NamedArrays ToArrays()
    {
        var header = Header.ToBytes();
        return new NamedArrays([
            new NamedArray("header", Array.ConvertAll(header, value => (long)value), header.Length),
            new NamedArray("voxels", Voxels, Voxels.Length),
            new NamedArray("reference", Reference, Reference.Length),
            new NamedArray("reference-b", new[] { ReferenceBSecondsPerMm2 }, 1),
            .. BValueArrays.Of(BValues),
            new NamedArray("slabs", Slabs.SelectMany(Limits).ToArray(), Slabs.Length, 4),
            .. Noise is null ? Array.Empty<NamedArray>() : [Text("noise", Noise.ToJsonString())],
        ]);
    }

    public static StudyFrame From(NamedArrays arrays)
    {
        var slabs = arrays.Longs("slabs");
        return new StudyFrame(
            NiftiHeader.FromBytes(Array.ConvertAll(arrays.Longs("header"), value => (byte)value)),
            arrays.Longs("voxels"),
            arrays.Floats("reference"),
            arrays.Doubles("reference-b")[0],
            BValueArrays.From(arrays),
            [
                .. Enumerable.Range(0, slabs.Length / 4).Select(i => new Slab(
                    i, (int)slabs[4 * i], (int)slabs[4 * i + 1], (int)slabs[4 * i + 2], (int)slabs[4 * i + 3])),
            ],
            arrays.Has("noise") ? JsonNode.Parse(Array.ConvertAll(arrays.Longs("noise"), value => (byte)value))
                as JsonObject : null);
    }

    private static NamedArray Text(string name, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new NamedArray(name, Array.ConvertAll(bytes, value => (long)value), bytes.Length);
    }

    private static IEnumerable<long> Limits(Slab slab) =>
        [slab.CoreFirst, slab.CoreLast, slab.HaloFirst, slab.HaloLast];
}
