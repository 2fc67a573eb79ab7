using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Ivim.Physics.Bayes;

/// <summary>A run between two sweeps, as bytes: plain little-endian arrays behind a fingerprint of the input.</summary>
internal sealed class BayesCheckpoint(Stream stream)
{
    // Changes whenever the arrays of a stage or the order of its draws change.
    private const string Format = "ivim-bayes-1";

    /// <summary>SHA-256 of everything that determines the run's bits.</summary>
    public static byte[] Fingerprint(BayesInput input, BayesOptions options, ulong seed)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string text = string.Create(CultureInfo.InvariantCulture, $"{Format} {seed} {options} {input.Table.Count} ")
            + string.Join(' ', input.Table.SecondsPerMm2.Select(b => b.ToString("R", CultureInfo.InvariantCulture)))
            + string.Join(' ', input.Table.Averages.Select(n => n.ToString(CultureInfo.InvariantCulture)));
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData(MemoryMarshal.AsBytes(input.Signals.Span));
        if (options.Field is not null)
        {
            var places = new byte[12];
            foreach (var (x, y, z) in input.Positions!)
            {
                BinaryPrimitives.WriteInt32LittleEndian(places, x);
                BinaryPrimitives.WriteInt32LittleEndian(places.AsSpan(4), y);
                BinaryPrimitives.WriteInt32LittleEndian(places.AsSpan(8), z);
                hash.AppendData(places);
            }
        }
        return hash.GetHashAndReset();
    }

    public void Begin(byte[] fingerprint) => stream.Write(fingerprint);

    public void Write(bool flag) => stream.WriteByte(flag ? (byte)1 : (byte)0);

    public void Write(IEnumerable<Array> state)
    {
        foreach (var array in state) stream.Write(Bytes(array));
    }

    public void Write(double[] numbers) => stream.Write(Bytes(numbers));

    public void Write(BayesResult result)
    {
        var numbers = new double[Population.Numbers];
        result.Population.Write(numbers);
        Write([.. numbers, result.PopulationRHat, result.Unfitted, result.QuantilesAtLimit]);
        Write(result.Arrays);
    }

    /// <exception cref="RefusalException">
    /// BAYES-CHECKPOINT: of another input, other options or another seed.
    /// </exception>
    public static BayesCheckpoint Open(Stream stream, byte[] fingerprint)
    {
        var checkpoint = new BayesCheckpoint(stream);
        var found = new byte[fingerprint.Length];
        checkpoint.Fill(found);
        if (found.AsSpan().SequenceEqual(fingerprint)) return checkpoint;
        throw new RefusalException("BAYES-CHECKPOINT", "a checkpoint of another input, other options or another seed",
            "the same signals, table, positions, options and seed", "start the run again");
    }

    public bool ReadFlag()
    {
        var flag = new byte[1];
        Fill(flag);
        return flag[0] != 0;
    }

    public double[] ReadNumbers(int count)
    {
        var numbers = new double[count];
        Fill(Bytes(numbers));
        return numbers;
    }

    public BayesResult ReadResult(BayesInput input)
    {
        var numbers = ReadNumbers(Population.Numbers + 3);
        var result = new BayesResult(input.Voxels)
        {
            Population = Population.Read(numbers),
            PopulationRHat = numbers[Population.Numbers],
            Unfitted = (int)numbers[Population.Numbers + 1],
            QuantilesAtLimit = (int)numbers[Population.Numbers + 2],
        };
        ReadState(result.Arrays);
        Summary.Describe(result, input.FittedVoxels());
        return result;
    }

    /// <summary>Fills arrays of the lengths that were written.</summary>
    public void ReadState(IEnumerable<Array> state)
    {
        foreach (var array in state) Fill(Bytes(array));
    }

    private void Fill(Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length) return;
        throw new RefusalException("BAYES-CHECKPOINT", "a checkpoint that ends early", "all of its arrays",
            "start the run again");
    }

    private static Span<byte> Bytes(Array array) => array switch
    {
        float[] values => MemoryMarshal.AsBytes(values.AsSpan()),
        double[] values => MemoryMarshal.AsBytes(values.AsSpan()),
        ushort[] values => MemoryMarshal.AsBytes(values.AsSpan()),
        int[] values => MemoryMarshal.AsBytes(values.AsSpan()),
        _ => throw new ArgumentException("an array of an unknown type", nameof(array)),
    };
}
