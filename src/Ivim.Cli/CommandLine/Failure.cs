using System.Runtime.InteropServices;
using Ivim.Cli.Remote;
using Ivim.Domain.Work;
using Ivim.Hosting;
using Ivim.Physics;

namespace Ivim.Cli.CommandLine;

/// <summary>Why a command failed, as one line for a person and one code for a script.</summary>
/// <param name="Code">Stable upper-case code.</param>
/// <param name="Message">One line that begins with the code.</param>
/// <param name="HasReport">Whether the details go to a file of their own.</param>
public sealed record Failure(string Code, string Message, ExitCode ExitCode, bool HasReport = false)
{
    private const int NoSpaceLeft = 28, QuotaExceeded = 122, ReadOnlyFileSystem = 30;

    /// <summary>Refusals that another machine, or this one at another time, would not make.</summary>
    private static readonly string[] OfTheMachine =
    [
        "DEVICE-NO-CUDA", "TORCH-UNAVAILABLE", "WORK-IN-USE", "WORK-UNWRITABLE", "JOURNAL-UNREADABLE",
        "PROGRAM-MISSING", "PORTS-TAKEN", "NODE-FAILED", "NODE-NOT-JOINED",
    ];

    public static Failure Usage(string found, string command) =>
        From("USAGE", found, "a command with the options it knows", $"run `ivim {command}--help`", ExitCode.Usage);

    public static Failure Of(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var only] } => Of(only),
        TypeInitializationException { InnerException: { } cause } => Of(cause),
        RefusalException refusal => new(refusal.Code, OneLine(refusal.Message),
            OfTheMachine.Contains(refusal.Code) ? ExitCode.Environment : ExitCode.BadInput),
        StudyFailedException { Failure: { Class: FailureClass.Infrastructure or FailureClass.OutOfMemory } held } =>
            new(held.Code, OneLine(held.Message), ExitCode.Environment),
        StudyFailedException { Failure: { } failed } => new(failed.Code, OneLine(failed.Message), ExitCode.FailedWork),
        ServerException server => server.Failure,
        OperationCanceledException => new("INTERRUPTED",
            "INTERRUPTED: stopped on request; what was finished is kept; run the same command again to go on.",
            ExitCode.Interrupted),
        IOException { HResult: NoSpaceLeft or QuotaExceeded } => From("DISK-FULL", "no space left for the output",
            "room for it", "free space or choose another folder", ExitCode.Environment),
        IOException { HResult: ReadOnlyFileSystem } or UnauthorizedAccessException => From("NO-PERMISSION",
            "a file or folder that this user may not open", "permission to read the input and write the output",
            "change the permission or choose another folder", ExitCode.Environment),
        IOException => From("FILE-SYSTEM", "a file or folder that cannot be made, read or written",
            "a usable output and work folder", "check the folders", ExitCode.Environment) with { HasReport = true },
        DllNotFoundException or BadImageFormatException => From("LIBRARY-MISSING",
            "a native library that does not load", "libtorch and the OpenMP runtime",
            "install libgomp1 and build again", ExitCode.Environment),
        SEHException or OutOfMemoryException => From("OUT-OF-MEMORY", "no memory left", "room for the volume",
            "use fewer workers or a larger machine", ExitCode.Environment),
        _ => new("INTERNAL",
            OneLine(LogText.WithoutPaths($"INTERNAL: {exception.GetType().Name}: {exception.Message}")),
            ExitCode.FailedWork, HasReport: true),
    };

    private static Failure From(string code, string found, string expected, string remedy, ExitCode exitCode) =>
        new(code, OneLine($"{code}: found {found}; expected {expected}; {remedy}."), exitCode);

    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
