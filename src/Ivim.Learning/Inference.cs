using Ivim.Physics;
using static TorchSharp.torch;

namespace Ivim.Learning;

/// <summary>Maps of all voxels from a trained member.</summary>
/// <remarks>
/// Voxels go through the network in blocks of one fixed size, the last one filled up with zeros: matrix kernels may
/// sum in another order for another number of rows, and so a voxel's bits would depend on how many there are beside
/// it.
/// </remarks>
public sealed class Inference(ComputeDevice device)
{
    /// <summary>Voxels a block. A protocol constant: another size may give other last bits.</summary>
    public const int BlockVoxels = 1024;

    /// <param name="signals">Relative signals, [voxels, B].</param>
    /// <exception cref="RefusalException">WEIGHTS-MISMATCH, INFERENCE-LENGTH, INFERENCE-NONFINITE.</exception>
    public ParameterMaps Map(TrainedMember member, NetworkFamily network, ParameterBounds bounds, BValueList b,
        ReadOnlySpan<float> signals, CancellationToken cancellation)
    {
        network.Check();
        Check(member, b, signals);
        using var oneThread = ComputeDevice.BindThread();
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var net = network.Build(bounds, b, member.Conditioning, device.Torch);
        NetworkWeights.Load(net, member.Weights);
        var maps = ParameterMaps.OfVoxels(signals.Length / b.Count);
        for (int from = 0; from < maps.Voxels; from += BlockVoxels)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(BlockVoxels, maps.Voxels - from);
            float[] parameters = Block(net, member.Conditioning, signals.Slice(from * b.Count, count * b.Count));
            for (int i = 0; i < count; i++)
                Store(maps, from + i, parameters.AsSpan(4 * i, 4), bounds, member.Swapped);
        }
        Residuals(maps, b.SecondsPerMm2.AsSpan(), signals);
        return maps;
    }

    private static void Check(TrainedMember member, BValueList b, ReadOnlySpan<float> signals)
    {
        if (member.Conditioning.BCount != b.Count || signals.Length % b.Count != 0)
            throw new RefusalException("INFERENCE-LENGTH", $"signals of {b.Count} b-values",
                $"{member.Conditioning.BCount} b-values a voxel, as in the training", "use the member's own table");
        foreach (float value in signals)
        {
            if (!float.IsFinite(value))
                throw new RefusalException("INFERENCE-NONFINITE", "a signal that is not finite", "finite signals only",
                    "mask such voxels out");
        }
    }

    private float[] Block(VoxelNetwork net, InputConditioning conditioning, ReadOnlySpan<float> signals)
    {
        using var scope = NewDisposeScope();
        var inputs = new float[BlockVoxels * conditioning.Length];
        conditioning.Apply(signals).CopyTo(inputs.AsSpan());
        var block = TorchMemory.Copy(inputs, [BlockVoxels, conditioning.Length], device.Torch);
        return net.Parameters(net.Answer(block)).cpu().data<float>().ToArray();
    }

    /// <summary>
    /// Our network's sigmoid keeps to the bounds but for the last bit of a sum; the published networks may leave them.
    /// What is reported never does.
    /// </summary>
    private static void Store(ParameterMaps maps, int voxel, ReadOnlySpan<float> parameters, ParameterBounds bounds,
        bool swapped)
    {
        var (d, f, dStar) = swapped
            ? (parameters[2], 1 - parameters[1], parameters[0])
            : (parameters[0], parameters[1], parameters[2]);
        maps.D[voxel] = Within(bounds.D, d);
        maps.F[voxel] = Within(bounds.F, f);
        maps.DStar[voxel] = Within(bounds.DStar, dStar);
        maps.S0[voxel] = Within(bounds.S0, parameters[3]);
    }

    private static float Within(Bounds bounds, float value) => Math.Clamp(value, (float)bounds.Lower,
        (float)bounds.Upper);

    private static void Residuals(ParameterMaps maps, ReadOnlySpan<double> b, ReadOnlySpan<float> signals)
    {
        for (int voxel = 0; voxel < maps.Voxels; voxel++)
        {
            double f = maps.F[voxel], sum = 0;
            for (int i = 0; i < b.Length; i++)
            {
                double decay = f * Math.Exp(-b[i] * maps.DStar[voxel]) + (1 - f) * Math.Exp(-b[i] * maps.D[voxel]);
                double residual = maps.S0[voxel] * decay - signals[voxel * b.Length + i];
                sum += residual * residual;
            }
            maps.Rmse[voxel] = (float)Math.Sqrt(sum / b.Length);
        }
    }
}
