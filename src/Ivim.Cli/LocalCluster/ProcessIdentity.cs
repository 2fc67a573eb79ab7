namespace Ivim.Cli.LocalCluster;

/// <summary>A process for all time: ids are used again, an id and the tick it began at are not.</summary>
/// <param name="StartTicks">Clock ticks since boot.</param>
public readonly record struct ProcessIdentity(int Pid, long StartTicks);
