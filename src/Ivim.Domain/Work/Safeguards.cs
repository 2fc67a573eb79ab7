namespace Ivim.Domain.Work;

/// <summary>
/// What keeps every result counted once and right. All on; a simulation may switch one off to see that it would notice.
/// </summary>
internal sealed record Safeguards
{
    public static Safeguards All { get; } = new();

    /// <summary>A word about a lease counts only from its worker and with its epoch.</summary>
    public bool Fencing { get; init; } = true;

    /// <summary>Only the first result of a key counts.</summary>
    public bool FirstResultWins { get; init; } = true;

    /// <summary>Two results of one key are compared.</summary>
    public bool HashCheck { get; init; } = true;
}
