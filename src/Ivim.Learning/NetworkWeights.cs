using Ivim.Physics;
using static TorchSharp.torch;

namespace Ivim.Learning;

/// <summary>
/// Where weights come from and go to: the first draw, arrays out, arrays in. Torch's global generator is never used.
/// </summary>
internal static class NetworkWeights
{
    private const double NearestToBound = 0.02;

    /// <summary>
    /// Overwrites every weight from the stream: uniform within 1 / sqrt(fan in) for convolutions, linear layers and
    /// their biases, 1 / sqrt(hidden units) for the LSTM, sqrt(6 / (fan in + fan out)) for attention (Glorot and
    /// Bengio 2010) with biases 0, and 1 and 0 for the layer norm. The last layer is scaled down and its biases give
    /// the starting point.
    /// </summary>
    public static void Draw(IvimNet net, NetworkRecipe recipe, ParameterBounds bounds, StartingPoint start,
        RandomStream stream)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        int index = 0;
        long fanIn = 1;
        foreach (var (name, parameter) in net.named_parameters())
        {
            long[] shape = parameter.shape;
            if (shape.Length > 1) fanIn = parameter.numel() / shape[0];
            double limit = name switch
            {
                "heads.weight" => recipe.LastLayerScale / Math.Sqrt(recipe.HeadUnits),
                "norm.weight" or "norm.bias" or "attentionIn.bias" or "attentionOut.bias" or "heads.bias" => 0,
                "attentionIn.weight" => Math.Sqrt(6.0 / (2 * recipe.TrunkFeatures)),
                "attentionOut.weight" => Math.Sqrt(6.0 / (2 * recipe.TrunkFeatures)),
                _ when name.StartsWith("lstm.", StringComparison.Ordinal) => 1 / Math.Sqrt(recipe.LstmUnits),
                _ => 1 / Math.Sqrt(fanIn),
            };
            float[] values = name switch
            {
                "norm.weight" => [.. Enumerable.Repeat(1f, (int)parameter.numel())],
                "heads.bias" => StartingBiases(recipe, bounds, start),
                _ => Uniform(stream.Child((ulong)index), (int)parameter.numel(), limit),
            };
            Overwrite(parameter, values);
            index++;
        }
    }

    /// <summary>Copies of all weights, in the network's order.</summary>
    public static NamedArrays Copy(IvimNet net) => Copy(Parameters(net));

    public static NamedArrays Copy(IEnumerable<(string Name, Tensor Tensor)> tensors)
    {
        using var scope = NewDisposeScope();
        return new NamedArrays([.. tensors.Select(pair => new NamedArray(pair.Name,
            pair.Tensor.detach().cpu().contiguous().data<float>().ToArray(),
            [.. pair.Tensor.shape.Select(length => (int)length)]))]);
    }

    /// <exception cref="RefusalException">WEIGHTS-MISMATCH: the arrays belong to another network.</exception>
    public static void Load(IvimNet net, NamedArrays weights) =>
        Load(Parameters(net), weights);

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

    public static IEnumerable<(string Name, Tensor Tensor)> Parameters(IvimNet net) =>
        net.named_parameters().Select(p => (p.name, (Tensor)p.parameter));

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

    private static float[] StartingBiases(NetworkRecipe recipe, ParameterBounds bounds, StartingPoint start)
    {
        double dStar = recipe.DStarDecoding == DStarDecoding.Linear
            ? Share(bounds.DStar, start.DStar)
            : Math.Log(start.DStar / bounds.DStar.Lower) / Math.Log(bounds.DStar.Upper / bounds.DStar.Lower);
        double[] shares = [Share(bounds.D, start.D), Share(bounds.F, start.F), dStar, Share(bounds.S0, start.S0)];
        return [.. shares.Select(share => (float)Logit(Math.Clamp(share, NearestToBound, 1 - NearestToBound)))];
    }

    private static double Share(Bounds bounds, double value) => (value - bounds.Lower) / bounds.Width;

    private static double Logit(double share) => Math.Log(share / (1 - share));
}
