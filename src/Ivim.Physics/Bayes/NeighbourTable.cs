using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ivim.Physics.Bayes;

/// <summary>The neighbours of every slot that are in the mask, as slots.</summary>
/// <remarks>
/// Memory: 4½ bytes for each of (2 r + 1)² (2 s + 1) − 1 neighbours a voxel, 108 for the 5 × 5 window.
/// </remarks>
internal sealed class NeighbourTable
{
    // A neighbour outside the mask is the slot behind the last, which holds this: |far − θ| is far for every θ, so
    // that the difference of two of them is exactly 0.
    public const float FarAway = 1e30f;

    // What stands in place of a run's first slot.
    private const int Scattered = -1, NoneInMask = -2;

    private readonly int[] _slots;   // [vectors, neighbours, 8 lanes]
    private readonly int[] _runs;    // [vectors, neighbours]: first of eight neighbours in a row, as most are

    public NeighbourTable(VoxelSlots slots, IReadOnlyList<VoxelPosition> positions, MarkovFieldOptions field)
    {
        var offsets = Offsets(field);
        PerVoxel = offsets.Count;
        _slots = new int[(long)slots.Count * PerVoxel];
        Array.Fill(_slots, slots.Count);
        var slotAt = new Dictionary<VoxelPosition, int>(slots.Voxels);
        for (int slot = 0; slot < slots.Count; slot++)
            if (slots.VoxelOf[slot] != VoxelSlots.Padding) slotAt.Add(positions[slots.VoxelOf[slot]], slot);
        foreach (var ((x, y, z), slot) in slotAt)
        {
            int first = slot / FloatLanes.Count * FloatLanes.Count * PerVoxel + slot % FloatLanes.Count;
            for (int i = 0; i < PerVoxel; i++)
            {
                var (dx, dy, dz) = offsets[i];
                if (slotAt.TryGetValue(new VoxelPosition(x + dx, y + dy, z + dz), out int neighbour))
                    _slots[first + i * FloatLanes.Count] = neighbour;
            }
        }
        _runs = new int[_slots.Length / FloatLanes.Count];
        for (int i = 0; i < _runs.Length; i++)
            _runs[i] = Run(_slots.AsSpan(i * FloatLanes.Count, FloatLanes.Count), slots.Count);
    }

    public int PerVoxel { get; }

    /// <summary>
    /// Σ_j (|θ_j − proposal| − |θ_j − current|) of the eight voxels from <paramref name="firstSlot"/> on.
    /// </summary>
    /// <param name="theta">One parameter of one chain, length slots + 1, the last <see cref="FarAway"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Change(
        ReadOnlySpan<float> theta, int firstSlot, Vector256<float> current, Vector256<float> proposal)
    {
        ref int slots = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_slots), firstSlot * PerVoxel);
        ref int runs = ref Unsafe.Add(
            ref MemoryMarshal.GetArrayDataReference(_runs), firstSlot / FloatLanes.Count * PerVoxel);
        ref float values = ref MemoryMarshal.GetReference(theta);
        var change = Vector256<float>.Zero;
        for (int i = 0; i < PerVoxel; i++)
        {
            int run = Unsafe.Add(ref runs, i);
            if (run == NoneInMask) continue;
            var neighbour = run >= 0 ? Vector256.LoadUnsafe(ref values, (nuint)run)
                : Gather(ref values, ref Unsafe.Add(ref slots, i * FloatLanes.Count));
            change += Vector256.Abs(neighbour - proposal) - Vector256.Abs(neighbour - current);
        }
        return change;
    }

    private static int Run(ReadOnlySpan<int> slots, int outside)
    {
        bool isRun = true, isOutside = true;
        for (int lane = 0; lane < slots.Length; lane++)
        {
            isRun &= slots[lane] == slots[0] + lane && slots[lane] < outside;
            isOutside &= slots[lane] == outside;
        }
        return isOutside ? NoneInMask : isRun ? slots[0] : Scattered;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Gather(ref float values, ref int slots) => Vector256.Create(
        Unsafe.Add(ref values, slots), Unsafe.Add(ref values, Unsafe.Add(ref slots, 1)),
        Unsafe.Add(ref values, Unsafe.Add(ref slots, 2)), Unsafe.Add(ref values, Unsafe.Add(ref slots, 3)),
        Unsafe.Add(ref values, Unsafe.Add(ref slots, 4)), Unsafe.Add(ref values, Unsafe.Add(ref slots, 5)),
        Unsafe.Add(ref values, Unsafe.Add(ref slots, 6)), Unsafe.Add(ref values, Unsafe.Add(ref slots, 7)));

    private static List<(int X, int Y, int Z)> Offsets(MarkovFieldOptions field)
    {
        var offsets = new List<(int, int, int)>();
        for (int z = -field.ThroughPlaneRadius; z <= field.ThroughPlaneRadius; z++)
        {
            for (int y = -field.InPlaneRadius; y <= field.InPlaneRadius; y++)
            {
                for (int x = -field.InPlaneRadius; x <= field.InPlaneRadius; x++)
                    if ((x, y, z) != (0, 0, 0)) offsets.Add((x, y, z));
            }
        }
        return offsets;
    }
}
