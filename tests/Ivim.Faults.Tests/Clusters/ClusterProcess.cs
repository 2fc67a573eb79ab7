using Ivim.Faults.Tests.Machine;

namespace Ivim.Faults.Tests.Clusters;

/// <summary>A process of a cluster.</summary>
/// <param name="Role">`seed` or `worker`.</param>
internal sealed record ClusterProcess(int Pid, string Role, string Address, string Log)
{
    public const string Seed = "seed", Worker = "worker";

    public bool IsAlive => UnixProcess.IsAlive(Pid);

    public override string ToString() => $"{Role} {Pid} at {Address}";
}
