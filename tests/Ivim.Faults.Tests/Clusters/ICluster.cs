using Ivim.Faults.Tests.Histories;

namespace Ivim.Faults.Tests.Clusters;

/// <summary>A cluster of real processes, however it was started.</summary>
internal interface ICluster : IAsyncDisposable
{
    string Work { get; }

    ClusterApi Api { get; }

    /// <summary>The processes that live.</summary>
    IReadOnlyList<ClusterProcess> Processes { get; }

    /// <summary>Where the logs of its nodes lie.</summary>
    string Logs { get; }

    History History { get; }
}
