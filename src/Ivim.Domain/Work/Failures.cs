namespace Ivim.Domain.Work;

/// <summary>Failures that the owners of items find themselves.</summary>
public static class Failures
{
    /// <summary>Equal key, unequal result: nothing that depends on it can be trusted.</summary>
    public static WorkFailure HashMismatch(ItemName item) => new(FailureClass.Application, "HASH-MISMATCH",
        $"HASH-MISMATCH: found two different results of {item}; expected equal bits for an equal content key; "
        + "report it, and check this machine's memory.");
}
