using System.Diagnostics;

namespace Ivim.Cli.LocalCluster;

/// <summary>Starts the nodes that are missing, and tells how one that it started ended.</summary>
internal sealed class NodeStarter(ClusterFolder folder, NodePrograms programs) : IDisposable
{
    private readonly Dictionary<string, (Process Process, long LogFrom)> _started = [];

    /// <summary>How many processes it started.</summary>
    public int Started { get; private set; }

    public bool IsAlive(LocalNode node) => ProcessTable.Find(node, folder) is not null;

    /// <summary>With the processes that an `up` started and was killed before it could note them.</summary>
    public IReadOnlyList<LocalNode> Found(IReadOnlyList<LocalNode> nodes) =>
    [
        .. nodes.Select(node => !IsAlive(node) && ProcessTable.FindUnnoted(node, folder) is { } process
            ? node.WithProcess(process) : node),
    ];

    /// <summary>
    /// The places are noted before any process starts, and every process before the next one: an end of this one loses
    /// none.
    /// </summary>
    public IReadOnlyList<LocalNode> StartMissing(IReadOnlyList<LocalNode> nodes, ClusterSettings settings)
    {
        var filled = nodes.ToArray();
        Note(filled, settings);
        for (int index = 0; index < filled.Length; index++)
        {
            if (IsAlive(filled[index])) continue;
            filled[index] = filled[index].WithProcess(Start(filled[index], filled, settings));
            Note(filled, settings);
        }
        return filled;
    }

    /// <summary>What is known of a node's end, as the first part of a line.</summary>
    public string EndOf(LocalNode node)
    {
        if (!_started.TryGetValue(node.Name, out var start)) return $"{node.Name} ended while it was waited for";
        start.Process.WaitForExit();
        var end = $"{node.Name} ended with exit code {start.Process.ExitCode} before it joined";
        return NodeLog.LastCodedError(folder.LogOf(node), start.LogFrom) is { } said ? $"{end}, saying {said}" : end;
    }

    public void Dispose()
    {
        foreach (var (process, _) in _started.Values) process.Dispose();
    }

    private void Note(IReadOnlyList<LocalNode> nodes, ClusterSettings settings) =>
        folder.Write(ClusterState.Of(settings, nodes, IsAlive, folder.LogOf));

    private ProcessIdentity Start(LocalNode node, IReadOnlyList<LocalNode> nodes, ClusterSettings settings)
    {
        var log = folder.LogOf(node);
        long logFrom = NodeLog.LengthOf(log);
        var process = DetachedProcess.Start(
            [.. programs.Of(node), .. NodeCommandLine.Arguments(node, nodes, settings, folder)],
            NodeCommandLine.Environment(folder), log);
        if (_started.Remove(node.Name, out var earlier)) earlier.Process.Dispose();
        _started.Add(node.Name, (process, logFrom));
        Started++;
        // A process that has ended already gets a tick at which none began.
        return ProcessTable.Find(process.Id)?.Identity ?? new ProcessIdentity(process.Id, 0);
    }
}
