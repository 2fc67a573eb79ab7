using System.Net;
using Ivim.Physics;

namespace Ivim.Hosting.Security;

/// <summary>The rule that keeps a node from being open to a network by accident.</summary>
public static class Exposure
{
    /// <summary>Whether only this machine can reach what listens on the address; a name but localhost: no.</summary>
    public static bool IsLoopback(string bind) =>
        string.Equals(bind, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(bind, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Beyond loopback a node needs TLS, or somebody's word that it may do without.</summary>
    /// <exception cref="RefusalException">TLS-REQUIRED.</exception>
    public static void Require(string bind, bool hasTls, bool insecure)
    {
        if (hasTls || insecure || IsLoopback(bind)) return;
        throw new RefusalException("TLS-REQUIRED", "an address beyond loopback, and no TLS",
            "TLS between nodes, or loopback", "give --tls FOLDER, or --insecure on a network that you trust");
    }
}
