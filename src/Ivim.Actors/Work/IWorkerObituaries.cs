namespace Ivim.Actors.Work;

/// <summary>How a worker that fell silent has ended, as far as anything tells.</summary>
public enum WorkerEnd
{
    /// <summary>Nothing tells: killed, cut off, or its machine is gone.</summary>
    Silent,

    /// <summary>Its process left a report of a crash.</summary>
    Crashed,
}

public interface IWorkerObituaries
{
    /// <summary>Asked when the lease of a worker has run out.</summary>
    WorkerEnd CauseOf(string worker);
}

/// <summary>Knows of no crash: of a node whose workers die with it.</summary>
public sealed class NoObituaries : IWorkerObituaries
{
    public static NoObituaries Instance { get; } = new();

    public WorkerEnd CauseOf(string worker) => WorkerEnd.Silent;
}
