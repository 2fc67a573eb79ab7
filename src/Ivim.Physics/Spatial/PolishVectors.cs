using System.Runtime.Intrinsics;

namespace Ivim.Physics.Spatial;

/// <summary>
/// The vectors of eight neighbouring positions that hold a voxel, row by row, and the rows by colour.
/// </summary>
internal sealed class PolishVectors
{
    private readonly PaddedGrid _grid;
    private readonly int[] _at;

    public PolishVectors(PaddedGrid grid, PolishOptions options)
    {
        _grid = grid;
        int inPlane = options.RadiusInPlane + 1, across = options.RadiusAcross + 1;
        var at = new List<int>();
        var rows = new List<(int, int)>[inPlane * across];
        for (int colour = 0; colour < rows.Length; colour++) rows[colour] = [];
        for (int z = 0; z < grid.Depth; z++)
        {
            for (int y = 0; y < grid.Height; y++)
            {
                int first = at.Count;
                at.AddRange(Row(y, z));
                int colour = (z + grid.FirstSlice) % across * inPlane + y % inPlane;
                if (at.Count > first) rows[colour].Add((first, at.Count));
            }
        }
        (_at, RowsByColour) = ([.. at], [.. rows.Select(list => list.ToArray())]);
    }

    public int Count => _at.Length;

    /// <summary>Of each colour its rows: the first vector and the one behind the last.</summary>
    public (int First, int End)[][] RowsByColour { get; }

    /// <summary>Padded position of a vector.</summary>
    public int At(int vector) => _at[vector];

    /// <summary>The vector and the lane that hold a padded position.</summary>
    public (int Vector, int Lane) Find(int position)
    {
        int vector = Array.FindLastIndex(_at, at => at <= position);
        return (vector, position - _at[vector]);
    }

    /// <summary>All bits set where a voxel lies, of the first four lanes and of the others.</summary>
    public (Vector256<double> Lower, Vector256<double> Upper) Inside(int vector) => (
        Vector256.GreaterThan(SingleLanes.Load(_grid.Inside, _at[vector]), Vector256<double>.Zero),
        Vector256.GreaterThan(SingleLanes.Load(_grid.Inside, _at[vector] + 4), Vector256<double>.Zero));

    private IEnumerable<int> Row(int y, int z)
    {
        for (int group = 0; group < _grid.GroupsPerRow; group++)
        {
            int place = _grid.Position(group * PaddedGrid.Lanes, y, z);
            if (_grid.Inside.AsSpan(place, PaddedGrid.Lanes).ContainsAnyExcept(0f)) yield return place;
        }
    }
}
