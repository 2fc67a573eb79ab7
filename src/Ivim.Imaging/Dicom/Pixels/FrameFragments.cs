using System.Buffers.Binary;
using Ivim.Imaging.Dicom.Files;

namespace Ivim.Imaging.Dicom.Pixels;

/// <summary>Which fragments of the pixel data make up a frame (PS3.5 A.4).</summary>
internal static class FrameFragments
{
    /// <summary>The bytes of one frame, its fragments put together.</summary>
    public static byte[] Bytes(IDicomBytes file, PixelFragment[] fragments, PixelLayout layout)
    {
        long length = fragments.Sum(fragment => (long)fragment.Length);
        // No lossless code makes a frame much longer than it is.
        if (length > 2L * layout.FrameBytes + (1 << 16))
            throw DicomRefusals.Fragments($"a compressed frame of {length} bytes", "fewer than two raw frames have");
        var bytes = new byte[length];
        int at = 0;
        foreach (var fragment in fragments)
        {
            file.Read(fragment.Position, bytes.AsSpan(at, fragment.Length));
            at += fragment.Length;
        }
        return bytes;
    }

    /// <summary>The fragments of each frame.</summary>
    /// <param name="frames">How many frames the object announces.</param>
    public static PixelFragment[][] Of(IDicomBytes file, PixelLocation pixels, int frames, IDicomDataset dataset)
    {
        if (pixels.Fragments!.Count < 2) throw DicomRefusals.Fragments("no fragment", "one for each frame at least");
        PixelFragment[] fragments = [.. pixels.Fragments.Skip(1)];
        long[] offsets = Offsets(file, pixels, dataset);
        if (offsets.Length > 0 && offsets.Length != frames)
            throw DicomRefusals.Fragments($"an offset table of {offsets.Length} frames", $"{frames}");
        int[] starts = offsets.Length > 0 ? [.. offsets.Select(offset => At(fragments, offset))]
            : frames == 1 ? [0]
            : frames == fragments.Length ? [.. Enumerable.Range(0, frames)]
            : StreamStarts(file, fragments);
        if (starts.Length != frames || starts[0] != 0 || !Ascends(starts))
            throw DicomRefusals.Fragments("fragments that do not tell where a frame begins", "an offset table");
        return [.. starts.Select((start, frame) =>
            fragments[start..(frame + 1 < frames ? starts[frame + 1] : fragments.Length)])];
    }

    /// <summary>Where frames begin, from the first byte behind the basic offset table; empty without a table.</summary>
    private static long[] Offsets(IDicomBytes file, PixelLocation pixels, IDicomDataset dataset)
    {
        var extended = dataset.Bytes(DicomTags.ExtendedOffsets).Span;
        var basic = pixels.Fragments![0];
        bool isExtended = extended.Length > 0;
        if (!isExtended && basic.Length > 4L * pixels.Fragments.Count)
            throw DicomRefusals.Fragments("an offset table of more frames than there are fragments", "as many");
        byte[] table = isExtended ? extended.ToArray() : new byte[basic.Length];
        if (!isExtended) file.Read(basic.Position, table);
        int width = isExtended ? sizeof(ulong) : sizeof(uint);
        var offsets = new long[table.Length / width];
        for (int i = 0; i < offsets.Length; i++)
            offsets[i] = isExtended
                ? (long)BinaryPrimitives.ReadUInt64LittleEndian(table.AsSpan(i * width))
                : BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan(i * width));
        return offsets;
    }

    private static int At(PixelFragment[] fragments, long offset)
    {
        long place = fragments[0].Position + offset;
        int found = Array.BinarySearch(fragments, new PixelFragment(place, 0),
            Comparer<PixelFragment>.Create((left, right) => left.Position.CompareTo(right.Position)));
        return found >= 0
            ? found
            : throw DicomRefusals.Fragments("an offset table that points between fragments", "starts of fragments");
    }

    /// <summary>The fragments that begin as a JPEG or JPEG 2000 stream does.</summary>
    private static int[] StreamStarts(IDicomBytes file, PixelFragment[] fragments)
    {
        var starts = new List<int>();
        var mark = new byte[2];
        for (int i = 0; i < fragments.Length; i++)
        {
            if (fragments[i].Length < mark.Length) continue;
            file.Read(fragments[i].Position, mark);
            if (mark is [0xFF, 0xD8] or [0xFF, 0x4F]) starts.Add(i);
        }
        return [.. starts];
    }

    private static bool Ascends(int[] starts)
    {
        for (int i = 1; i < starts.Length; i++)
            if (starts[i] <= starts[i - 1]) return false;
        return true;
    }
}
