using Ivim.Imaging.Volumes;

namespace Ivim.Imaging.Tests.Volumes;

public sealed class VoxelHashTests
{
    [Fact]
    public void The_hash_is_sha256_of_the_little_endian_bytes()
    {
        // 00 00 80 3F (1.0f) through `printf '\x00\x00\x80\x3f' | sha256sum`.
        Assert.Equal("e00e5eb9444182f352323374ef4e08ebcb784725fdd4fd612d7730540b3e0c8c", VoxelHash.Of([1f]));
        // SHA-256 of nothing, FIPS 180-4 test vectors.
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", VoxelHash.Of([]));
    }

    [Fact]
    public void Minus_zero_and_any_other_voxel_change_it()
    {
        var voxels = new float[40_000];
        string zero = VoxelHash.Of(voxels);
        voxels[39_999] = -0f;
        Assert.NotEqual(zero, VoxelHash.Of(voxels));
    }
}
