namespace Ivim.Hosting;

/// <summary>One machine as a whole cluster: `ivim map` without `--server`.</summary>
/// <param name="WorkFolder">Journal, artifacts, checkpoints, dossiers and log of every study mapped with it.</param>
/// <param name="Workers">CPU slots, at least 1; each trains on one thread.</param>
/// <param name="Device">`auto`, `cpu` or `cuda`.</param>
public sealed record EmbeddedOptions(string WorkFolder, int Workers, string Device)
{
    /// <summary>How long a worker may be silent about its item before the queue gives it to another.</summary>
    /// <remarks>
    /// Long, because a worker of this process dies with the queue: only a stage that hangs can lose its lease.
    /// </remarks>
    public TimeSpan LeaseTime { get; init; } = TimeSpan.FromMinutes(10);
}
