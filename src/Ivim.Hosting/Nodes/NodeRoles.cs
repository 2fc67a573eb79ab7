namespace Ivim.Hosting.Nodes;

/// <summary>What kinds of node a setting is for.</summary>
[Flags]
public enum NodeRoles
{
    Seed = 1,
    Worker = 2,
    Both = Seed | Worker,
}
