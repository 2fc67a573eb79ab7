namespace Ivim.Domain.Work;

/// <summary>Failures that the owners of items find themselves.</summary>
public static class Failures
{
    /// <summary>Equal key, unequal result: nothing that depends on it can be trusted.</summary>
    public static WorkFailure HashMismatch(ItemName item) => new(FailureClass.Application, "HASH-MISMATCH",
        $"HASH-MISMATCH: found two different results of {item}; expected equal bits for an equal content key; "
        + "report it, and check this machine's memory.");

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
}
