using Ivim.Learning;
using Ivim.Physics.Spatial;

namespace Ivim.Actors.Stages;

/// <summary>The voxels of one slice of a study: a range of its list, since that is in the order of the
/// slices.</summary>
/// <param name="First">Index of the first voxel in the study.</param>
/// <param name="Signals">[voxels, b].</param>
internal sealed record StudySlice(int First, VoxelGrid Grid, ReadOnlyMemory<float> Signals)
{
    public static IEnumerable<StudySlice> Of(SignalVoxels study)
    {
        int b = study.BValues.Count, first = 0;
        int width = 1 + (int)Largest(study, axis: 0), height = 1 + (int)Largest(study, axis: 1);
        while (first < study.Count)
        {
            int end = first;
            while (end < study.Count && study.Positions[3 * end + 2] == study.Positions[3 * first + 2]) end++;
            var places = new int[end - first];
            for (int i = 0; i < places.Length; i++)
            {
                var (x, y) = (study.Positions[3 * (first + i)], study.Positions[3 * (first + i) + 1]);
                places[i] = (int)(x + width * y);
            }
            yield return new StudySlice(first, new VoxelGrid(width, height, 1, places),
                study.Signals.AsMemory(first * b, (end - first) * b));
            first = end;
        }
    }

    public SpatialMaps Of(SpatialMaps whole)
    {
        var range = First..(First + Grid.Voxels);
        return new SpatialMaps(whole.D[range], whole.F[range], whole.DStar[range], whole.S0[range]);
    }

    public void Write(SpatialMaps part, ParameterMaps whole)
    {
        part.D.CopyTo(whole.D, First);
        part.F.CopyTo(whole.F, First);
        part.DStar.CopyTo(whole.DStar, First);
        part.S0.CopyTo(whole.S0, First);
    }

    private static long Largest(SignalVoxels study, int axis) =>
        Enumerable.Range(0, study.Count).Max(voxel => study.Positions[3 * voxel + axis]);
}
