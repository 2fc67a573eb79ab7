using System.Globalization;
using Ivim.Hosting.Security;

namespace Ivim.Hosting.Nodes;

/// <summary>Where a seed is reached: its own `host` and `port` setting.</summary>
public sealed record SeedAddress(string Host, int Port)
{
    /// <summary>`host:port`, with brackets around an address with colons; null where it is neither.</summary>
    public static SeedAddress? Parse(string text)
    {
        int colon = text.LastIndexOf(':');
        if (colon < 1) return null;
        var host = text[..colon].Trim('[', ']');
        bool isPort = int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture,
            out int port);
        return isPort && port is > 0 and <= 65535 && Uri.CheckHostName(host) != UriHostNameType.Unknown
            ? new SeedAddress(host, port) : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");

    /// <summary>For example `akka.tcp://ivim@host:port`.</summary>
    /// <param name="scheme">One of <see cref="RemoteSecurity"/>'s.</param>
    public string AkkaAddress(string scheme) => $"{scheme}://{IvimAkka.SystemName}@{this}";
}
