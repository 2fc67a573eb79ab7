namespace Ivim.Domain.Work;

/// <summary>Failures that the owners of items find themselves.</summary>
public static class Failures
{
    /// <summary>Equal key, unequal result: nothing that depends on it can be trusted.</summary>
    public static WorkFailure HashMismatch(ItemName item) => new(FailureClass.Application, MismatchCode,
        $"HASH-MISMATCH: found two different results of {item}; expected equal bits for an equal content key; "
        + "check the memory of the machines that made them, then map the scan anew with another --seed.");

    private const string MismatchCode = "HASH-MISMATCH";

    public static bool IsMismatch(WorkFailure? failure) => failure?.Code == MismatchCode;

    /// <summary>The disk of the work folder does not keep what is written to it.</summary>
    public static WorkFailure LostAgain(ItemName item) => new(FailureClass.Infrastructure, "ARTIFACT-LOST",
        $"ARTIFACT-LOST: found artifacts of {item} missing or damaged again and again; "
        + "expected them to stay as written; look at the disk of the work folder and run the same command again.");

    /// <summary>What the submission had stored is gone; only a submission brings it back.</summary>
    public static WorkFailure ProtocolLost { get; } = new(FailureClass.Infrastructure, "PROTOCOL-LOST",
        "PROTOCOL-LOST: found no protocol document in the work folder; expected the one that was submitted; "
        + "run the same command again.");

    /// <summary>A worker reported a result without the artifacts that others are to read.</summary>
    public static WorkFailure Incomplete(ItemName item) => new(FailureClass.Application, "RESULT-INCOMPLETE",
        $"RESULT-INCOMPLETE: found a result of {item} without all of its artifacts; expected every one; "
        + "report it, it is a defect of the program.");

    /// <summary>The worker's process died of an error with the item in its hands.</summary>
    public static WorkFailure WorkerCrashed(ItemName item, double fraction) => new(FailureClass.WorkerCrashed,
        "ITEM-CRASHES-WORKERS", $"ITEM-CRASHES-WORKERS: found that the process of a worker crashes on {item}; "
        + "expected a result; look at the reports in the crashes folder of the work folder and report it.",
        Fraction: fraction);

    /// <summary>The worker lives and renews its lease, but the item makes no progress.</summary>
    public static WorkFailure WorkerHung(ItemName item, double fraction) => new(FailureClass.WorkerCrashed,
        "ITEM-HANGS-WORKERS", $"ITEM-HANGS-WORKERS: found that {item} makes no progress on its worker; "
        + "expected a result; look at the disk of the work folder, and report it.", Fraction: fraction);

    /// <summary>The worker fell silent, and nothing tells why.</summary>
    public static WorkFailure WorkerLost(ItemName item, double fraction) => new(FailureClass.WorkerLost,
        "ITEM-LOSES-WORKERS", $"ITEM-LOSES-WORKERS: found that workers of {item} fall silent again and again and the "
        + "item gets no further; expected a result; look at the machines of the workers, then submit the study again.",
        Fraction: fraction);

    /// <summary>The worker fell silent when its process had used its memory up.</summary>
    public static WorkFailure OutOfMemory(ItemName item, double fraction) => new(FailureClass.OutOfMemory,
        "OUT-OF-MEMORY", $"OUT-OF-MEMORY: found too little memory for {item}; expected room for it; "
        + "use fewer workers or a larger machine.", Fraction: fraction);
}
