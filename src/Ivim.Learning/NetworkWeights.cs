using Ivim.Physics;
using static TorchSharp.torch;

namespace Ivim.Learning;

/// <summary>
/// Where weights come from and go to: the first draw, arrays out, arrays in. Torch's global generator is never used.
/// </summary>
internal static class NetworkWeights
{
    /// <summary>Overwrites every weight with its first values, each drawn from a stream of its own.</summary>
    public static void Draw(VoxelNetwork net, StartingPoint start, RandomStream stream)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        int index = 0;
        long fanIn = 1;
        foreach (var (name, parameter) in net.named_parameters())
        {
            long[] shape = parameter.shape;
            if (shape.Length > 1) fanIn = parameter.numel() / shape[0];
            var first = net.First(name, fanIn, start);
            Overwrite(parameter,
                first.Given ?? Uniform(stream.Child((ulong)index), (int)parameter.numel(), first.Limit));
            index++;
        }
    }

    /// <summary>Copies of all weights, in the network's order.</summary>
    public static NamedArrays Copy(VoxelNetwork net) => Copy(All(net));

    public static NamedArrays Copy(IEnumerable<(string Name, Tensor Tensor)> tensors)
    {
        using var scope = NewDisposeScope();
        return new NamedArrays([.. tensors.Select(pair => new NamedArray(pair.Name,
            pair.Tensor.detach().cpu().contiguous().data<float>().ToArray(),
            [.. pair.Tensor.shape.Select(length => (int)length)]))]);
    }

    /// <exception cref="RefusalException">WEIGHTS-MISMATCH: the arrays belong to another network.</exception>
    public static void Load(VoxelNetwork net, NamedArrays weights) => Load(All(net), weights);

    public static void Load(IEnumerable<(string Name, Tensor Tensor)> tensors, NamedArrays arrays)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        int count = 0;
        foreach (var (name, tensor) in tensors)
        {
            var shape = tensor.shape.Select(n => (int)n);
            if (!arrays.Has(name) || !arrays[name].Shape.SequenceEqual(shape)) throw Mismatch(name, arrays);
            Overwrite(tensor, arrays.Floats(name));
            count++;
        }
        if (count != arrays.Items.Count) throw Mismatch("a weight that this network lacks", arrays);
    }

    /// <summary>What the optimiser moves.</summary>
    public static IEnumerable<(string Name, Tensor Tensor)> Parameters(VoxelNetwork net) =>
        net.named_parameters().Select(p => (p.name, (Tensor)p.parameter));

    /// <summary>The parameters, then the running statistics, if there are any.</summary>
    private static IEnumerable<(string Name, Tensor Tensor)> All(VoxelNetwork net) =>
        Parameters(net).Concat(net.named_buffers().Select(b => (b.name, b.buffer)));

    private static RefusalException Mismatch(string name, NamedArrays arrays) => new("WEIGHTS-MISMATCH",
        arrays.Has(name) ? $"{name} of shape [{string.Join(", ", arrays[name].Shape)}]" : $"no match for {name}",
        "weights of a network with the same recipe and number of b-values",
        "train from the start, or use the same protocol");

    private static void Overwrite(Tensor target, float[] values)
    {
        using var source = tensor(values, target.shape, device: target.device);
        target.copy_(source);
    }

    private static float[] Uniform(RandomStream stream, int count, double limit)
    {
        var values = new float[count];
        for (int i = 0; i < count && limit > 0; i++) values[i] = (float)stream.Uniform((ulong)i, -limit, limit);
        return values;
    }
}
