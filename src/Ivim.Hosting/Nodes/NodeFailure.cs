using System.Net.Sockets;
using Ivim.Physics;

namespace Ivim.Hosting.Nodes;

/// <summary>Why a node's program ends, as one line and an exit code.</summary>
/// <param name="ExitCode">As the `ivim` command has them: 1 failed, 2 usage, 3 input, 4 machine.</param>
public sealed record NodeFailure(string Line, int ExitCode)
{
    public const int Failed = 1, Usage = 2, BadInput = 3, Environment = 4;

    private static readonly string[] OfUsage =
        ["USAGE", "NODE-SETTING", "NODE-CONTRADICTION", "TLS-REQUIRED", "JOURNAL-ADDRESS", "DEVICE-UNKNOWN"];

    public static NodeFailure Of(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var only] } => Of(only),
        RefusalException refusal => new(OneLine(refusal.Message),
            OfUsage.Contains(refusal.Code) ? Usage : Environment),
        _ when IsPortTaken(exception) => Of(new RefusalException("NODE-PORT-TAKEN",
            "an address that cannot be listened on", "a free port on an address of this machine",
            "choose another port, bind or api")),
        _ => new(OneLine(LogText.WithoutPaths($"INTERNAL: {exception.GetType().Name}: {exception.Message}")), Failed),
    };

    private static bool IsPortTaken(Exception? exception) =>
        exception is SocketException
        {
            SocketErrorCode: SocketError.AddressAlreadyInUse or SocketError.AddressNotAvailable
                or SocketError.AccessDenied or SocketError.HostNotFound,
        }
        || exception is AggregateException many && many.InnerExceptions.Any(IsPortTaken)
        || exception?.InnerException is { } inner && IsPortTaken(inner);

    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
