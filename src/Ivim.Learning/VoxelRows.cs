using static TorchSharp.torch;

namespace Ivim.Learning;

/// <summary>A training's voxels as tensors, some at a time.</summary>
internal sealed class VoxelRows(TrainingSet data, InputConditioning conditioning, Device device)
{
    private readonly float[] _inputs = conditioning.Apply(data.Signals);

    /// <summary>float32 [voxels, T].</summary>
    public Tensor Inputs(int[] voxels) => Rows(_inputs, voxels, conditioning.Length);

    /// <summary>What the network must explain; float32 [voxels, B].</summary>
    public Tensor Signals(int[] voxels) => Rows(data.Signals, voxels, data.B.Count);

    /// <summary>The same signals before they were denoised; float32 [voxels, B].</summary>
    public Tensor Measured(int[] voxels) => Rows(data.Measured!, voxels, data.B.Count);

    /// <summary>The noise of each voxel; float32 [voxels, 1].</summary>
    public Tensor Sigma(int[] voxels) => Rows(data.Sigma!, voxels, 1);

    private Tensor Rows(float[] from, int[] voxels, int length)
    {
        var rows = new float[voxels.Length * length];
        for (int i = 0; i < voxels.Length; i++)
            from.AsSpan(voxels[i] * length, length).CopyTo(rows.AsSpan(i * length, length));
        return TorchMemory.Copy(rows, [voxels.Length, length], device);
    }
}
