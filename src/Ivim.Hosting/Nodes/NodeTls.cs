using Ivim.Hosting.Security;
using Ivim.Physics;

namespace Ivim.Hosting.Nodes;

/// <summary>The node's certificate as it is now, and the watch for the next one.</summary>
internal sealed class NodeTls
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private readonly CertificateWatch? _watch;
    private readonly NodeLog _log;

    /// <exception cref="RefusalException">TLS-FILES, TLS-EXPIRED, TLS-FOREIGN, TLS-SUBJECT.</exception>
    public NodeTls(NodeOptions options, NodeLog log)
    {
        _log = log;
        if (options.Tls is null) return;
        _watch = new CertificateWatch(options.Tls, options.TlsSubject, TimeProvider.System);
        Security = RemoteSecurity.Load(options.Tls, options.TlsSubject, TimeProvider.System);
    }

    /// <summary>Null for a node without TLS.</summary>
    public RemoteSecurity? Security { get; }

    /// <summary>A new certificate is taken up by a new actor system: the transport keeps the one it began with.</summary>
    public void Watch(RunningNode node)
    {
        if (_watch is null) return;
        node.EndWith(NodeEnd.CertificateChanged,
            watching => _watch.Renewed(LookInterval, refusal => _log.Warn(refusal.Message), watching));
    }
}
