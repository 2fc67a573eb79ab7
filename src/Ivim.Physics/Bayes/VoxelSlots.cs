namespace Ivim.Physics.Bayes;

/// <summary>Some slots that one thread updates in one go; whole vectors.</summary>
internal readonly record struct SlotBlock(int First, int Count);

/// <summary>
/// Where the fitted voxels lie in the sampler's arrays: colour by colour, each padded to whole vectors and cut into
/// blocks.
/// </summary>
/// <remarks>
/// Voxels of one colour are not neighbours of each other, so that updating them together is a valid Gibbs scan.
/// Blocks are cut by size alone: the number of threads changes nothing.
/// </remarks>
internal sealed class VoxelSlots
{
    /// <summary>Slots a block: its arrays fit a core's own cache.</summary>
    public const int BlockSlots = 256;

    private readonly int[] _voxelOf;

    private VoxelSlots(IReadOnlyList<IReadOnlyList<int>> voxelsOfColours)
    {
        var voxelOf = new List<int>();
        var blocks = new List<SlotBlock>();
        var colours = new List<Range>();
        foreach (var colour in voxelsOfColours.Where(colour => colour.Count > 0))
        {
            int first = voxelOf.Count, firstBlock = blocks.Count;
            voxelOf.AddRange(colour);
            while (voxelOf.Count % FloatLanes.Count != 0) voxelOf.Add(Padding);
            for (int slot = first; slot < voxelOf.Count; slot += BlockSlots)
                blocks.Add(new SlotBlock(slot, Math.Min(BlockSlots, voxelOf.Count - slot)));
            colours.Add(firstBlock..blocks.Count);
            Voxels += colour.Count;
        }
        (_voxelOf, Blocks, Colours) = ([.. voxelOf], [.. blocks], [.. colours]);
    }

    /// <summary>What <see cref="VoxelOf"/> holds in a slot that only pads its vector.</summary>
    public const int Padding = -1;

    /// <summary>Slots, padding included: a multiple of eight.</summary>
    public int Count => _voxelOf.Length;

    /// <summary>Voxels in slots.</summary>
    public int Voxels { get; }

    public SlotBlock[] Blocks { get; }

    /// <summary>Which blocks each colour has.</summary>
    public Range[] Colours { get; }

    /// <summary>The voxel of every slot, an index into the call's voxels, or <see cref="Padding"/>.</summary>
    public ReadOnlySpan<int> VoxelOf => _voxelOf;

    /// <summary>One colour: voxels that know nothing of each other.</summary>
    public static VoxelSlots Plain(IReadOnlyList<int> voxels) => new([voxels]);

    /// <summary>Colours for a neighbourhood of (2 r + 1) voxels along x and y and (2 s + 1) along z.</summary>
    public static VoxelSlots Coloured(
        IReadOnlyList<int> voxels, IReadOnlyList<VoxelPosition> positions, MarkovFieldOptions field)
    {
        int inPlane = field.InPlaneRadius + 1, across = field.ThroughPlaneRadius + 1;
        var colours = new List<int>[inPlane * inPlane * across];
        for (int colour = 0; colour < colours.Length; colour++) colours[colour] = [];
        foreach (int voxel in voxels)
        {
            var (x, y, z) = positions[voxel];
            colours[Modulo(x, inPlane) + inPlane * (Modulo(y, inPlane) + inPlane * Modulo(z, across))].Add(voxel);
        }
        return new VoxelSlots(colours);
    }

    private static int Modulo(int value, int divisor) => ((value % divisor) + divisor) % divisor;
}
