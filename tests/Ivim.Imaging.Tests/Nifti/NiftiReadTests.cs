using Ivim.Imaging.Nifti;

namespace Ivim.Imaging.Tests.Nifti;

public sealed class NiftiReadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<NiftiDataType, bool, bool> Kinds()
    {
        var kinds = new TheoryData<NiftiDataType, bool, bool>();
        foreach (var type in Enum.GetValues<NiftiDataType>())
            foreach (bool two in new[] { false, true })
                foreach (bool bigEndian in new[] { false, true }) kinds.Add(type, two, bigEndian);
        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_real_type_is_read_in_both_byte_orders_and_versions(NiftiDataType type, bool two, bool bigEndian)
    {
        bool signed = type is not (NiftiDataType.Unsigned8 or NiftiDataType.Unsigned16
            or NiftiDataType.Unsigned32 or NiftiDataType.Unsigned64);
        var made = new HandMadeNifti
        {
            Two = two,
            BigEndian = bigEndian,
            Type = (int)type,
            Bits = HandMadeNifti.BitsOf(type),
            Slope = 0.5,
            Intercept = -3,
            Voxels = [.. Enumerable.Range(0, 24).Select(i => (double)(signed && i % 2 == 1 ? -i * 5 : i * 5))],
        };
        string path = _folder.Write("image.nii", made.Bytes());

        var image = NiftiFile.Read(path);

        Assert.Equal(made.Voxels.Select(v => (float)(v * 0.5 - 3)), image.Voxels);
        Assert.Equal(new ImageShape(3, 2, 2, 2), image.Header.Shape);
        Assert.Equal(bigEndian, image.Header.StoredBigEndian);
        Assert.Equal(two ? NiftiVersion.Two : NiftiVersion.One, image.Header.Version);
        Assert.Equal(1.5, image.Header.PixDim(1));
        Assert.Equal(-31, image.Header.Affine[2, 3]);
        Assert.Equal(0.01, image.Header.SForm[0, 1], 7);
        Assert.Equal((1, 2, 10), (image.Header.QFormCode, image.Header.SFormCode, image.Header.Units));
    }

    [Theory]
    [InlineData("a.hdr", "a.img", "a.hdr")]
    [InlineData("a.hdr", "a.img", "a.img")]
    [InlineData("a.hdr.gz", "a.img.gz", "a.hdr.gz")]
    [InlineData("a.hdr", "a.img.gz", "a.hdr")]
    [InlineData("a.hdr.gz", "a.img", "a.img")]
    public void Pairs_are_read_from_either_file_compressed_or_not(string header, string voxels, string asked)
    {
        var made = new HandMadeNifti { Pair = true };
        _folder.Write(header, header.EndsWith(".gz", StringComparison.Ordinal)
            ? HandMadeNifti.Gzip(made.HeaderBytes()) : made.HeaderBytes());
        _folder.Write(voxels, voxels.EndsWith(".gz", StringComparison.Ordinal)
            ? HandMadeNifti.Gzip(made.VoxelBytes()) : made.VoxelBytes());

        var image = NiftiFile.Read(_folder.Path(asked));

        Assert.True(image.Header.IsPair);
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (float)i), image.Voxels);
    }

    [Theory]
    [InlineData(0, 7)]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(double.NaN, 0)]
    [InlineData(1, 0)]
    public void A_slope_of_zero_or_none_leaves_the_voxels_alone(double slope, double intercept)
    {
        string path = _folder.Write("a.nii", new HandMadeNifti { Slope = slope, Intercept = intercept }.Bytes());
        Assert.Equal(5f, NiftiFile.Read(path).Voxels[5]);
    }

    [Fact]
    public void Compression_is_seen_from_the_bytes_not_from_the_name()
    {
        string path = _folder.Write("a.nii", HandMadeNifti.Gzip(new HandMadeNifti().Bytes()));
        Assert.Equal(24, NiftiFile.Read(path).Voxels.Length);
    }

    [Fact]
    public void Several_gzip_members_an_empty_one_and_bytes_behind_them_are_legal()
    {
        byte[] bytes = new HandMadeNifti().Bytes();
        byte[] members =
        [
            .. HandMadeNifti.Gzip(bytes[..100]), .. HandMadeNifti.Gzip([]), .. HandMadeNifti.Gzip(bytes[100..360]),
            .. HandMadeNifti.Gzip(bytes[360..]), 0, 0, 0, 1, 2, 3,
        ];
        Assert.Equal(23f, NiftiFile.Read(_folder.Write("a.nii.gz", members)).Voxels[23]);
    }

    [Fact]
    public void Empty_members_as_bgzip_writes_them_do_not_end_the_image()
    {
        byte[] empty = Convert.FromHexString("1f8b08040000000000ff0600424302001b0003000000000000000000");
        byte[] bytes = new HandMadeNifti().Bytes();
        byte[] members = [.. HandMadeNifti.Gzip(bytes[..100]), .. empty, .. HandMadeNifti.Gzip(bytes[100..]), .. empty];
        Assert.Equal(23f, NiftiFile.Read(_folder.Write("a.nii.gz", members)).Voxels[23]);
    }

    [Fact]
    public void Bytes_behind_the_voxels_and_extensions_before_them_are_passed_over()
    {
        var made = new HandMadeNifti { Extension = true, Offset = 384 };
        byte[] bytes = [.. made.HeaderBytes(), .. new byte[32], .. made.VoxelBytes(), 9, 9, 9];
        foreach (string path in new[] { _folder.Write("a.nii", bytes),
            _folder.Write("b.nii.gz", HandMadeNifti.Gzip(bytes)) })
        {
            var image = NiftiFile.Read(path);
            Assert.True(image.Header.ExtensionsDropped);
            Assert.Equal(Enumerable.Range(0, 24).Select(i => (float)i), image.Voxels);
        }
    }

    [Fact]
    public void Volumes_are_read_one_by_one_in_any_order()
    {
        byte[] bytes = new HandMadeNifti().Bytes();
        foreach (string path in new[] { _folder.Write("a.nii", bytes),
            _folder.Write("b.nii.gz", HandMadeNifti.Gzip(bytes)) })
        {
            using var reader = NiftiReader.Open(path);
            var volume = new float[12];
            foreach (int index in new[] { 1, 0, 0, 1 })
            {
                reader.ReadVolume(index, volume);
                Assert.Equal(Enumerable.Range(12 * index, 12).Select(i => (float)i), volume);
            }
            reader.VerifyEnd();
        }
    }

    [Fact]
    public void The_qform_follows_the_method_2_of_the_standard()
    {
        // Rotation matrix of the unit quaternion (a, .1, .2, .3), its third column flipped because pixdim[0] is -1.
        var header = NiftiFile.ReadHeader(_folder.Write("a.nii", new HandMadeNifti().Bytes()));
        double a = Math.Sqrt(1 - 0.14);
        Assert.Equal((1 - 2 * (0.04 + 0.09)) * 1.5, header.QForm[0, 0], 6);
        Assert.Equal(2 * (0.02 - a * 0.3) * 2.5, header.QForm[0, 1], 6);
        Assert.Equal(-2 * (0.03 + a * 0.2) * 3.5, header.QForm[0, 2], 6);
        Assert.Equal(-20, header.QForm[1, 3], 6);
    }

    public void Dispose() => _folder.Dispose();
}
