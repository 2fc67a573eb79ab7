namespace Ivim.Hosting.Nodes;

/// <summary>
/// How long a node waits before its next actor system: not at all after a life of some length, longer and longer where
/// one short life follows another, so that a lasting cause costs neither a core nor the other nodes' patience.
/// </summary>
public sealed class RestartPause
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250), Longest = TimeSpan.FromSeconds(10);

    /// <summary>A life at least as long says that the cause of the end before it has passed.</summary>
    private static readonly TimeSpan LongLife = TimeSpan.FromMinutes(1);

    private TimeSpan _next = TimeSpan.Zero;

    public TimeSpan After(TimeSpan life)
    {
        if (life >= LongLife) _next = TimeSpan.Zero;
        var pause = _next;
        _next = pause == TimeSpan.Zero ? Shortest : pause * 2 > Longest ? Longest : pause * 2;
        return pause;
    }
}
