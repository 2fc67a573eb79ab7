namespace Ivim.Physics.Spatial;

/// <summary>
/// Where the voxels of a list of maps lie: the order of the list is free, the grid decides who are neighbours.
/// </summary>
/// <remarks>A slab keeps the whole volume's width, height and voxel order in plane, and says where it begins.</remarks>
public sealed class VoxelGrid
{
    /// <param name="places">
    /// Place of every voxel of the list, x + width (y + height z) with z counted from the slab's first slice, no place
    /// twice; length V ≥ 1.
    /// </param>
    /// <param name="firstSlice">Slice of the volume in which the slab begins, 0 for a whole volume.</param>
    /// <param name="sliceSpacing">Distance of two slices, in units of the distance of two voxels in plane.</param>
    /// <exception cref="ArgumentException">A place is outside the grid, or taken twice.</exception>
    public VoxelGrid(int width, int height, int depth, int[] places, int firstSlice = 0, double sliceSpacing = 1)
    {
        ArgumentNullException.ThrowIfNull(places);
        if (width < 1 || height < 1 || depth < 1 || firstSlice < 0 || !(sliceSpacing > 0))
            throw new ArgumentException("a grid has at least one voxel along each axis", nameof(width));
        var isTaken = new bool[width * height * depth];
        foreach (int place in places)
        {
            if (place < 0 || place >= isTaken.Length || isTaken[place])
                throw new ArgumentException($"place {place} is outside the grid or taken twice", nameof(places));
            isTaken[place] = true;
        }
        (Width, Height, Depth, Places) = (width, height, depth, places);
        (FirstSlice, SliceSpacing) = (firstSlice, sliceSpacing);
    }

    public int Width { get; }

    public int Height { get; }

    public int Depth { get; }

    /// <summary>Place of every voxel, length V.</summary>
    public int[] Places { get; }

    public int FirstSlice { get; }

    public double SliceSpacing { get; }

    public int Voxels => Places.Length;
}
