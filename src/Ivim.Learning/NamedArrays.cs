using System.Runtime.InteropServices;
using Ivim.Physics;

namespace Ivim.Learning;

/// <summary>
/// One array with its name and shape; <see cref="Values"/> is a float[], a double[] or a long[], row-major.
/// </summary>
public sealed record NamedArray
{
    public NamedArray(string name, Array values, params int[] shape)
    {
        if (values is not (float[] or double[] or long[]))
            throw new ArgumentException("an array holds float, double or long", nameof(values));
        if (shape.Aggregate(1L, (product, length) => product * length) != values.LongLength)
            throw new ArgumentException("the shape's product is the number of values", nameof(shape));
        (Name, Values, Shape) = (name, values, shape);
    }

    public string Name { get; init; }

    public int[] Shape { get; }

    public Array Values { get; }

    /// <summary>Equal name, shape, type and bits; NaN equals the same NaN.</summary>
    public bool HasSameBits(NamedArray other) => Name == other.Name && Shape.SequenceEqual(other.Shape)
        && Values.GetType() == other.Values.GetType() && Bytes(Values).SequenceEqual(Bytes(other.Values));

    private static ReadOnlySpan<byte> Bytes(Array values) => values switch
    {
        float[] floats => MemoryMarshal.AsBytes<float>(floats),
        double[] doubles => MemoryMarshal.AsBytes<double>(doubles),
        _ => MemoryMarshal.AsBytes<long>((long[])values),
    };
}

/// <summary>
/// Arrays by name in a fixed order: what this room gives away and takes back (weights, conditioning, checkpoints).
/// Names are paths such as `weights/lstm.weight_ih_l0`. Nothing in here is tied to Torch.
/// </summary>
public sealed class NamedArrays
{
    private readonly Dictionary<string, NamedArray> _byName;

    public NamedArrays(IEnumerable<NamedArray> arrays)
    {
        Items = [.. arrays];
        _byName = Items.ToDictionary(array => array.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<NamedArray> Items { get; }

    /// <exception cref="RefusalException">ARRAY-MISSING.</exception>
    public NamedArray this[string name] => _byName.TryGetValue(name, out var array) ? array
        : throw new RefusalException(
        "ARRAY-MISSING", $"no array {name} among {Items.Count}", "a checkpoint that this version of the program wrote",
        "train again, or use the version that wrote it");

    public float[] Floats(string name) => Values<float>(name);

    public double[] Doubles(string name) => Values<double>(name);

    public long[] Longs(string name) => Values<long>(name);

    public bool Has(string name) => _byName.ContainsKey(name);

    /// <summary>The arrays whose names begin with the folder and a slash, without that beginning.</summary>
    public NamedArrays In(string folder) => new(Items
        .Where(array => array.Name.StartsWith(folder + "/", StringComparison.Ordinal))
        .Select(array => array with { Name = array.Name[(folder.Length + 1)..] }));

    /// <summary>The same arrays, each name put into the folder.</summary>
    public IEnumerable<NamedArray> Into(string folder) =>
        Items.Select(array => array with { Name = folder + "/" + array.Name });

    public bool HaveSameBits(NamedArrays other) => Items.Count == other.Items.Count
        && Items.Zip(other.Items).All(pair => pair.First.HasSameBits(pair.Second));

    private T[] Values<T>(string name) => this[name].Values as T[] ?? throw new RefusalException("ARRAY-TYPE",
        $"array {name} of {this[name].Values.GetType().GetElementType()!.Name}", typeof(T).Name, "train again");
}
