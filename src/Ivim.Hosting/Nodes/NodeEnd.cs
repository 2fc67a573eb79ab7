namespace Ivim.Hosting.Nodes;

/// <summary>Why an actor system of a node ends. None of these ends the process.</summary>
public enum NodeEnd
{
    /// <summary>The others took this node out of the cluster, or it took itself out.</summary>
    Removed,

    /// <summary>No seed was reachable for the cut-off time.</summary>
    CutOff,

    /// <summary>It asked to join for long and nobody answered.</summary>
    NotJoined,

    /// <summary>The certificate on disk is another one.</summary>
    CertificateChanged,

    /// <summary>Its actor system ended for a reason of its own.</summary>
    Terminated,

    /// <summary>What watches over its membership or its certificate broke.</summary>
    WatchBroken,
}
