using System.Globalization;

namespace Ivim.Faults.Tests.Recovery;

/// <summary>What `--timings quick` means, and the recovery times that RELIABILITY section 3 allows with it.</summary>
internal static class Timings
{
    /// <summary>
    /// Set in the environment, it multiplies the bounds: for a machine that is busy with other things.
    /// </summary>
    public const string SlackVariable = "IVIM_FAULT_SLACK";

    public static readonly double Slack = double.TryParse(Environment.GetEnvironmentVariable(SlackVariable),
        CultureInfo.InvariantCulture, out double slack) ? slack : 1;

    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(6);

    public static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(4);

    /// <summary>A whole disturbed run; what takes longer hangs.</summary>
    public static readonly TimeSpan Run = TimeSpan.FromMinutes(4) * Slack;

    public static readonly TimeSpan WorkerKilled = Lease + TimeSpan.FromSeconds(3);

    public static readonly TimeSpan SeedKilled = TimeSpan.FromSeconds(15);

    public static readonly TimeSpan EverythingKilled = TimeSpan.FromSeconds(20);

    public static readonly TimeSpan DatabaseBack = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan Partition = StableAfter + Lease + TimeSpan.FromSeconds(5);

    /// <summary>The longest silence of the work once a link has stopped to flap.</summary>
    public static readonly TimeSpan AfterFlaps = TimeSpan.FromSeconds(10) * Slack;

    /// <summary>A drain must end so long before the grace period does.</summary>
    public static readonly TimeSpan Drain = TimeSpan.FromSeconds(20);

    /// <summary>
    /// The longest silence of a cluster with work and workers: a lease, its renewal, and a failover between.
    /// </summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(30) * Slack;
}
