namespace Ivim.Cli.Output;

/// <summary>Where results and progress go, and what they go to: results to the output, everything else to the error stream.</summary>
public sealed record Terminal
{
    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Whether a person reads the output, so that tables may be drawn.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Whether a person reads the error stream, so that progress bars may move.</summary>
    public bool ErrorIsTerminal { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public static Terminal OfThisProcess() => new()
    {
        Output = Console.Out,
        Error = Console.Error,
        OutputIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
    };
}
