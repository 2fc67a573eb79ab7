using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Ivim.EndToEnd.Tests.Inputs;

/// <summary>
/// A small scan made from the signal equation, with its NIfTI-1 bytes laid out by hand (offsets of nifti1.h).
/// </summary>
internal sealed record MadeScan
{
    private const int HeaderBytes = 352;

    public int Width { get; init; } = 8;

    public int Height { get; init; } = 8;

    public int Slices { get; init; } = 2;

    public double[] B { get; init; } = [0, 10, 20, 50, 100, 200, 400, 800];

    /// <summary>Changes the signal of a voxel: voxel, volume and what the equation says.</summary>
    public Func<int, int, float, float> Change { get; init; } = (_, _, signal) => signal;

    /// <summary>Text for every free field of the header.</summary>
    public string FreeText { get; init; } = "";

    public int VoxelsPerVolume => Width * Height * Slices;

    /// <summary>Writes `name.nii` and `name.bval`.</summary>
    public string Write(TemporaryFolder folder, string name = "scan")
    {
        WriteBValues(folder, name);
        return folder.Write(name + ".nii", Bytes());
    }

    /// <summary>Writes `name.nii.gz` and `name.bval`.</summary>
    /// <param name="damage">What becomes of the compressed bytes.</param>
    public string WriteCompressed(TemporaryFolder folder, Func<byte[], byte[]> damage, string name = "scan")
    {
        WriteBValues(folder, name);
        return folder.Write(name + ".nii.gz", damage(Gzip(Bytes())));
    }

    public void WriteBValues(TemporaryFolder folder, string name = "scan") => folder.Write(name + ".bval",
        string.Join(' ', B.Select(b => b.ToString(CultureInfo.InvariantCulture))));

    public byte[] Bytes() =>
        [.. Header([4, Width, Height, Slices, B.Length]), .. Voxels().SelectMany(BitConverter.GetBytes)];

    /// <summary>A float32 header with any eight numbers in `dim`.</summary>
    public byte[] Header(int[] dim)
    {
        var header = new byte[HeaderBytes];
        BinaryPrimitives.WriteInt32LittleEndian(header, 348);
        for (int i = 0; i < 8; i++)
            BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(40 + 2 * i), (short)(i < dim.Length ? dim[i] : 1));
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(70), 16);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(72), 32);
        float[] pixelSizes = [1, 1.5f, 2.5f, 3.5f, 1, 1, 1, 1];
        for (int i = 0; i < 8; i++) BinaryPrimitives.WriteSingleLittleEndian(header.AsSpan(76 + 4 * i), pixelSizes[i]);
        BinaryPrimitives.WriteSingleLittleEndian(header.AsSpan(108), HeaderBytes);
        // data_type, db_name, descrip, aux_file, intent_name
        foreach (var (offset, length) in ((int, int)[])[(4, 10), (14, 18), (148, 80), (228, 24), (328, 16)])
            Encoding.ASCII.GetBytes(FreeText[..Math.Min(FreeText.Length, length - 1)]).CopyTo(header, offset);
        "n+1\0"u8.CopyTo(header.AsSpan(344));
        return header;
    }

    /// <summary>A mask of the scan's shape.</summary>
    public byte[] Mask(Func<int, bool> isInside, int extraSlices = 0) =>
    [
        .. Header([3, Width, Height, Slices + extraSlices]),
        .. Enumerable.Range(0, Width * Height * (Slices + extraSlices))
            .SelectMany(voxel => BitConverter.GetBytes(isInside(voxel) ? 1f : 0f)),
    ];

    /// <summary>S0 [f exp(-b D*) + (1 - f) exp(-b D)] with parameters that vary from voxel to voxel.</summary>
    private IEnumerable<float> Voxels()
    {
        for (int volume = 0; volume < B.Length; volume++)
            for (int voxel = 0; voxel < VoxelsPerVolume; voxel++)
            {
                double f = 0.1 + 0.02 * (voxel % 10), b = B[volume];
                double d = 0.8e-3 + 0.1e-3 * (voxel % 7), dStar = 0.02 + 0.005 * (voxel % 3);
                double signal = (900 + voxel) * (f * Math.Exp(-b * dStar) + (1 - f) * Math.Exp(-b * d));
                yield return Change(voxel, volume, (float)signal);
            }
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return stream.ToArray();
    }
}
