namespace Ivim.Physics.Phantoms;

/// <summary>Which region every voxel belongs to: 0 background, i + 1 tissue i.</summary>
internal static class PhantomLayout
{
    // Of half the volume: the rest is background.
    private const double BodyRadius = 0.9;

    // Below 1, so that nested blocks end inside the stack and yet are there in a stack of few slices.
    private const double SliceWeight = 0.6;

    public static byte[] Labels(PhantomRecipe recipe)
    {
        var labels = new byte[recipe.Width * recipe.Height * recipe.Depth];   // x fastest
        int voxel = 0;
        for (int z = 0; z < recipe.Depth; z++)
        {
            for (int y = 0; y < recipe.Height; y++)
            {
                for (int x = 0; x < recipe.Width; x++, voxel++)
                {
                    labels[voxel] = Label(
                        recipe, Centre(x, recipe.Width), Centre(y, recipe.Height), Centre(z, recipe.Depth));
                }
            }
        }
        return labels;
    }

    /// <summary>Position of a voxel's centre on an axis from −1 to 1.</summary>
    public static double Centre(int index, int count) => (2 * index + 1.0) / count - 1;

    private static byte Label(PhantomRecipe recipe, double x, double y, double z) => recipe.Kind switch
    {
        PhantomKind.Smooth => InShapes(recipe.Tissues.Shapes, x, y, z),
        PhantomKind.Piecewise => InNestedBlocks(recipe.Tissues.Tissues.Count, x, y, z),
        PhantomKind.Random => InNestedBlocks(1, x, y, z),
        _ => throw new ArgumentOutOfRangeException(nameof(recipe), recipe.Kind, "unknown kind of phantom"),
    };

    private static byte InShapes(IReadOnlyList<Ellipsoid> shapes, double x, double y, double z)
    {
        for (int i = shapes.Count - 1; i >= 0; i--)
            if (shapes[i].Contains(x, y, z)) return (byte)(shapes[i].Tissue + 1);
        return 0;
    }

    private static byte InNestedBlocks(int tissues, double x, double y, double z)
    {
        double inPlane = Math.Max(Math.Abs(x), Math.Abs(y));
        if (inPlane >= BodyRadius) return 0;
        double depth = 1 - Math.Max(inPlane, SliceWeight * Math.Abs(z)) / BodyRadius;   // 0 outside, 1 in the middle
        return (byte)(1 + Math.Clamp((int)(depth * tissues), 0, tissues - 1));
    }
}
