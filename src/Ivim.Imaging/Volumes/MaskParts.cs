using Ivim.Imaging.Nifti;

namespace Ivim.Imaging.Volumes;

/// <summary>Connected parts of a mask: small ones go, holes are filled. Both change the mask in place.</summary>
internal static class MaskParts
{
    /// <summary>Keeps the largest part (voxels that share faces, in three dimensions) and each of at least a share of
    /// it.</summary>
    public static void DropSmall(ImageShape shape, bool[] inside, double leastShare)
    {
        var part = new int[inside.Length];
        var sizes = new List<int> { 0 };
        for (int start = 0; start < inside.Length; start++)
        {
            if (!inside[start] || part[start] != 0) continue;
            sizes.Add(0);
            sizes[^1] = Flood(shape, inside, part, [start], sizes.Count - 1, withinSlice: false);
        }
        double least = leastShare * sizes.Max();
        for (int i = 0; i < inside.Length; i++) inside[i] &= sizes[part[i]] >= least;
    }

    /// <summary>Fills what the border of its slice cannot reach through voxels outside.</summary>
    public static void FillHoles(ImageShape shape, bool[] inside)
    {
        var outside = Array.ConvertAll(inside, value => !value);
        var reached = new int[inside.Length];
        var border = Enumerable.Range(0, inside.Length).Where(i => outside[i] && OnBorder(shape, i)).ToList();
        Flood(shape, outside, reached, border, 1, withinSlice: true);
        for (int i = 0; i < inside.Length; i++) inside[i] = reached[i] == 0;
    }

    private static bool OnBorder(ImageShape shape, int index)
    {
        int x = index % shape.Width, y = index / shape.Width % shape.Height;
        return x == 0 || y == 0 || x == shape.Width - 1 || y == shape.Height - 1;
    }

    /// <returns>How many voxels were labelled.</returns>
    private static int Flood(ImageShape shape, bool[] member, int[] label, List<int> starts, int value,
        bool withinSlice)
    {
        foreach (int start in starts) label[start] = value;
        var open = new Stack<int>(starts);
        int count = 0, width = shape.Width, slice = (int)shape.VoxelsPerSlice;
        while (open.TryPop(out int at))
        {
            count++;
            int x = at % width, y = at / width % shape.Height, z = at / slice;
            if (x > 0) Visit(at - 1);
            if (x < width - 1) Visit(at + 1);
            if (y > 0) Visit(at - width);
            if (y < shape.Height - 1) Visit(at + width);
            if (!withinSlice && z > 0) Visit(at - slice);
            if (!withinSlice && z < shape.Slices - 1) Visit(at + slice);
        }
        return count;

        void Visit(int neighbour)
        {
            if (!member[neighbour] || label[neighbour] != 0) return;
            label[neighbour] = value;
            open.Push(neighbour);
        }
    }
}
