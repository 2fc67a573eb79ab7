using Ivim.Physics;

namespace Ivim.Domain.Tests.Simulation;

/// <summary>Random choices in a row, so that a seed tells a whole run.</summary>
internal sealed class Dice(ulong seed)
{
    private readonly RandomStream _stream = new(seed);
    private ulong _next;

    public bool Chance(double probability) => probability > 0 && _stream.Uniform(_next++) < probability;

    public int Below(int count) => (int)(_stream.Bits(_next++) % (ulong)count);

    public double Between(double lower, double upper) => _stream.Uniform(_next++, lower, upper);

    public TimeSpan Seconds(double lower, double upper) => TimeSpan.FromSeconds(Between(lower, upper));
}
