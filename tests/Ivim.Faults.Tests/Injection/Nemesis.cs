using System.Globalization;
using System.Text;
using Ivim.Physics;

namespace Ivim.Faults.Tests.Injection;

/// <summary>
/// Who is hit, and when: every choice follows from one number, so that a failing run can be had again.
/// </summary>
internal sealed class Nemesis
{
    /// <summary>Set in the environment, it replays a run.</summary>
    public const string SeedVariable = "IVIM_FAULT_SEED";

    private static readonly ulong SuiteSeed =
        ulong.TryParse(Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out ulong seed)
            ? seed : (ulong)TimeProvider.System.GetUtcNow().Ticks % 1_000_000_007;

    private readonly RandomStream _numbers;
    private ulong _drawn;

    /// <param name="test">Each test has choices of its own, whichever tests ran before it.</param>
    public Nemesis(string test, ulong? seed = null)
    {
        Seed = seed ?? SuiteSeed;
        ulong stream = 14695981039346656037;
        foreach (byte letter in Encoding.UTF8.GetBytes(test)) stream = (stream ^ letter) * 1099511628211;
        _numbers = new RandomStream(Seed, stream);
    }

    public ulong Seed { get; }

    public T Choose<T>(IReadOnlyList<T> among) => among[Below(among.Count)];

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>, both possible.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    public IReadOnlyList<T> Shuffle<T>(IReadOnlyList<T> items) =>
        [.. _numbers.Child(_drawn++).Permutation(items.Count).Select(index => items[index])];

    private int Below(int count) => (int)(_numbers.Bits(_drawn++) % (ulong)count);
}
