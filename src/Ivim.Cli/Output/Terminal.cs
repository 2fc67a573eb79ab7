namespace Ivim.Cli.Output;

/// <summary>Where results go (the output), where all else goes (the error stream), and who reads them.</summary>
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
