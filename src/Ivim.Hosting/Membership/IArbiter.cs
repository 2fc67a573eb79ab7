namespace Ivim.Hosting.Membership;

/// <summary>Lets exactly one of two halves win, whichever asks first.</summary>
public interface IArbiter
{
    /// <summary>The side that won this ballot: ours, if nobody was before us.</summary>
    /// <exception cref="ArbiterAwayException">The database does not answer; nothing is decided.</exception>
    Task<string> WinnerOf(string ballot, string side, CancellationToken cancellation);
}

/// <summary>The arbiter cannot be asked now.</summary>
public sealed class ArbiterAwayException(Exception cause) : Exception("the arbiter's database does not answer", cause);
