using System.Runtime.InteropServices;
using Ivim.Actors.Artifacts;
using Ivim.Domain.Work;
using Ivim.Physics;

namespace Ivim.Actors.Work;

/// <summary>What an exception of a stage means for the item.</summary>
public static class FailureClasses
{
    private const int NoSpaceOnDevice = 28;
    private const int QuotaExceeded = 122;
    private const int DiskFullResult = unchecked((int)0x80070070);

    public static WorkFailure DiskFull { get; } = new(FailureClass.Infrastructure, "DISK-FULL",
        "DISK-FULL: found no room left on the disk of the work or output folder; expected room for the results; "
        + "free some and run the same command again.");

    public static WorkFailure Of(Exception fault, ItemName item) => fault switch
    {
        RefusalException refusal => new WorkFailure(FailureClass.BadInput, refusal.Code, refusal.Message),
        ResultConflictException => Failures.HashMismatch(item),
        LostArtifactException lost => new WorkFailure(FailureClass.LostInput, "ARTIFACT-LOST",
            $"ARTIFACT-LOST: found {item} without its input {lost.Artifact}; expected it whole in the work folder; "
            + "it is made again.",
            lost.Artifact.Sha256),
        OutOfMemoryException or ExternalException when IsOutOfMemory(fault) =>
            new WorkFailure(FailureClass.OutOfMemory, "OUT-OF-MEMORY",
            $"OUT-OF-MEMORY: found too little memory for {item}; expected room for it; "
            + "use fewer workers or a larger machine."),
        _ when IsDiskFull(fault) => DiskFull,
        UnauthorizedAccessException => new WorkFailure(FailureClass.Infrastructure, "STORAGE-DENIED",
            "STORAGE-DENIED: found a work or output folder that refuses to be written; expected a writable one; "
            + "change its permissions and run the same command again."),
        IOException => new WorkFailure(FailureClass.Infrastructure, "STORAGE-FAILED",
            $"STORAGE-FAILED: found an error of the file system ({fault.GetType().Name}); expected folders "
            + "that can be read and written; look at the disk and run the same command again."),
        _ => new WorkFailure(FailureClass.Application, "STAGE-FAILED",
            $"STAGE-FAILED: found {fault.GetType().Name} in {item}; expected a result; "
            + "report it with the log of the work folder."),
    };

    /// <summary>libtorch's allocators, of the processor and of CUDA, tell it in words only.</summary>
    private static bool IsOutOfMemory(Exception fault) => fault is OutOfMemoryException
        || fault.Message.Contains("not enough memory", StringComparison.OrdinalIgnoreCase)
        || fault.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase);

    public static bool IsDiskFull(Exception fault) =>
        fault is IOException && (fault.HResult is NoSpaceOnDevice or QuotaExceeded or DiskFullResult)
        || fault.InnerException is { } inner && IsDiskFull(inner);
}
