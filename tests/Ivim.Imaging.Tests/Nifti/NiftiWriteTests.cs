using CsCheck;
using Ivim.Imaging.Nifti;

namespace Ivim.Imaging.Tests.Nifti;

public sealed class NiftiWriteTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("map.nii")]
    [InlineData("map.nii.gz")]
    [InlineData("map.hdr")]
    [InlineData("map.img.gz")]
    public void What_is_written_is_read_again_bit_for_bit(string name)
    {
        var gen = Gen.Select(Gen.Int[1, 7], Gen.Int[1, 7], Gen.Int[1, 4], Gen.Int[1, 3]).SelectMany(size =>
            Gen.Int.Array[size.Item1 * size.Item2 * size.Item3 * size.Item4].Select(bits => (
                Shape: new ImageShape(size.Item1, size.Item2, size.Item3, size.Item4),
                Voxels: Array.ConvertAll(bits, BitConverter.Int32BitsToSingle))));
        gen.Sample(
            image =>
            {
                var header = NiftiGeometry.Create(image.Shape, new AffineMatrix([2, 0, 0, 1, 0, 2, 0, 1, 0, 0, 2, 1]));
                NiftiWriter.WriteFile(_folder.Path(name), header, image.Shape, image.Voxels);
                var read = NiftiFile.Read(_folder.Path(name));
                return read.Header.Shape == image.Shape && read.Header.SameGeometryFields(header)
                    && Array.ConvertAll(read.Voxels, Bits).SequenceEqual(Array.ConvertAll(image.Voxels, Bits));
            },
            iter: 100, threads: 1);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_map_has_the_geometry_of_its_input_bit_for_bit_and_none_of_its_text(bool two, bool bigEndian)
    {
        var made = new HandMadeNifti { Two = two, BigEndian = bigEndian, Slope = 3, Intercept = 4, Extension = true };
        var input = NiftiFile.ReadHeader(_folder.Write("input.nii", made.Bytes()));
        using var stream = new MemoryStream();

        NiftiWriter.Write(stream, input, input.Shape.OneVolume, new float[12], compressed: false);

        // The hand-made little-endian header is the expectation: offsets of pixdim, units, codes, quaternion and rows.
        byte[] expected = (made with { BigEndian = false }).HeaderBytes();
        byte[] written = stream.ToArray();
        foreach (var (from, count) in two ? [(104, 64), (344, 152), (500, 4)] : new[] { (76, 32), (123, 1), (252, 76) })
            Assert.Equal(expected[from..(from + count)], written[from..(from + count)]);
        Assert.Equal(-1, written.AsSpan().IndexOf("somebody"u8));
        var output = NiftiFile.ReadHeader(_folder.Write("map.nii", written));
        Assert.Equal((1, 0), (output.ScaleSlope, output.ScaleIntercept));
        Assert.False(output.ExtensionsDropped);
        Assert.True(output.SameGeometryFields(input));
    }

    [Fact]
    public void A_nan_in_an_unused_geometry_field_keeps_its_bits()
    {
        byte[] bytes = new HandMadeNifti().Bytes();
        byte[] signalling = [1, 0, 0xA0, 0x7F];
        signalling.CopyTo(bytes, 76 + 4 * 7);
        var input = NiftiFile.ReadHeader(_folder.Write("input.nii", bytes));
        Assert.Equal(signalling, input.ForOutput(input.Shape, NiftiDataType.Real32).ToBytes()[104..108]);
    }

    [Fact]
    public void Compressed_bytes_depend_on_the_content_alone()
    {
        var header = NiftiGeometry.Create(new ImageShape(30, 20, 2, 1),
            new AffineMatrix([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]));
        var voxels = Enumerable.Range(0, 1200).Select(i => (float)Math.Sin(i)).ToArray();
        byte[] Written()
        {
            using var stream = new MemoryStream();
            NiftiWriter.Write(stream, header, header.Shape, voxels);
            return stream.ToArray();
        }

        byte[] once = Written();
        Assert.Equal(once, Written());
        // RFC 1952: flags (no name, no comment) and modification time are 0.
        Assert.Equal(new byte[5], once[3..8]);
    }

    [Fact]
    public void A_mask_is_written_as_bytes()
    {
        var header = NiftiGeometry.Create(new ImageShape(2, 2, 1, 1),
            new AffineMatrix([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]));
        using var stream = new MemoryStream();
        NiftiWriter.Write(stream, header, header.Shape, (byte[])[0, 1, 1, 0]);
        var read = NiftiFile.Read(_folder.Write("mask.nii.gz", stream.ToArray()));
        Assert.Equal(NiftiDataType.Unsigned8, read.Header.DataType);
        Assert.Equal([0f, 1f, 1f, 0f], read.Voxels);
    }

    [Fact]
    public void A_new_geometry_says_the_same_by_qform_and_sform()
    {
        // Any rotation (from a quaternion), voxel sizes and a flip. The sform holds float32 numbers. The qform leaves
        // out the scalar part, which a reader gets back as sqrt(1 - |q|²): near a half turn float32 knows it to
        // sqrt(1e-7) only, so that an entry 2 a d size may be off by 2 x 3.2e-4 x 6 mm.
        Gen.Select(Gen.Double[-1, 1].Array[4], Gen.Double[0.5, 6].Array[3], Gen.Bool).Sample(
            (q, size, flip) =>
            {
                double n = Math.Sqrt(q.Sum(x => x * x));
                if (n < 0.1) return true;
                double a = q[0] / n, b = q[1] / n, c = q[2] / n, d = q[3] / n;
                double z = flip ? -size[2] : size[2];
                var affine = new AffineMatrix(
                [
                    (a * a + b * b - c * c - d * d) * size[0], 2 * (b * c - a * d) * size[1], 2 * (b * d + a * c) * z,
                    -90,
                    2 * (b * c + a * d) * size[0], (a * a + c * c - b * b - d * d) * size[1], 2 * (c * d - a * b) * z,
                    40,
                    2 * (b * d - a * c) * size[0], 2 * (c * d + a * b) * size[1], (a * a + d * d - c * c - b * b) * z,
                    10,
                ]);
                var header = NiftiGeometry.Create(new ImageShape(2, 2, 2, 1), affine);
                return header.SForm.LargestDifference(affine) < 1e-5
                    && header.QFormCode == 1
                    && header.QForm.LargestDifference(affine) < 4e-3;
            },
            iter: 500);
    }

    [Fact]
    public void A_header_survives_its_own_bytes()
    {
        var header = NiftiFile.ReadHeader(_folder.Write("a.nii",
            new HandMadeNifti { BigEndian = true, Two = true }.Bytes()));
        Assert.Equal(header, NiftiHeader.FromBytes(header.ToBytes()));
    }

    public void Dispose() => _folder.Dispose();

    private static int Bits(float value) => BitConverter.SingleToInt32Bits(value);
}
