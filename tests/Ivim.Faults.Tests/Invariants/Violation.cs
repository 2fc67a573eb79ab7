namespace Ivim.Faults.Tests.Invariants;

/// <param name="Invariant">I1 to I12.</param>
internal sealed record Violation(string Invariant, string What)
{
    public override string ToString() => $"{Invariant}: {What}";
}
