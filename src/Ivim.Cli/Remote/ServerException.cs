using Ivim.Cli.CommandLine;

namespace Ivim.Cli.Remote;

/// <summary>The server refuses, or does not answer.</summary>
/// <param name="isPassing">Whether the same request may find another answer in a moment.</param>
public sealed class ServerException(Failure failure, bool isPassing) : Exception(failure.Message)
{
    public Failure Failure { get; } = failure;

    public bool IsPassing => isPassing;
}
