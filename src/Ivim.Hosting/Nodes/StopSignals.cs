using System.Runtime.InteropServices;

namespace Ivim.Hosting.Nodes;

/// <summary>SIGTERM and SIGINT as one request to end; further ones change nothing.</summary>
/// <remarks>Made before anything else in the process, so that a signal during the start is heard.</remarks>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _requested = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Hear),
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Hear),
    ];

    public CancellationToken Requested => _requested.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _requested.Dispose();
    }

    private void Hear(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _requested.Cancel();
    }
}
