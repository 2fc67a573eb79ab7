namespace Ivim.Cli.CommandLine;

/// <summary>What the exit code of the program says, for every command.</summary>
public enum ExitCode
{
    /// <summary>Every requested output exists and verifies.</summary>
    Done = 0,

    /// <summary>The work failed, or a defect of ours stopped it.</summary>
    FailedWork = 1,

    /// <summary>The command line does not name a command with its options.</summary>
    Usage = 2,

    /// <summary>An input was refused.</summary>
    BadInput = 3,

    /// <summary>The machine lacks something: disk space, a permission, a library.</summary>
    Environment = 4,

    /// <summary>Stopped by Ctrl-C or by a request to end.</summary>
    Interrupted = 130,
}
