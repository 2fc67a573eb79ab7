using Ivim.Physics;

namespace Ivim.Domain.Tests.Simulation;

/// <summary>Random choices in a row, so that a seed tells a whole run.</summary>
public sealed class Dice(ulong seed)
{
    private readonly RandomStream _stream = new(seed);
    private ulong _next;

    public bool Chance(double probability) => _stream.Uniform(_next++) < probability;

    public int Below(int count) => (int)(_stream.Bits(_next++) % (ulong)count);
}
