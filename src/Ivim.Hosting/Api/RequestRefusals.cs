using Microsoft.AspNetCore.Http;

namespace Ivim.Hosting.Api;

/// <summary>Requests that are turned away before anybody looks at what they ask for.</summary>
internal static class RequestRefusals
{
    public const long MostBodyBytes = 1 << 20;

    public static ApiRefusalException TooLarge { get; } = new(StatusCodes.Status413PayloadTooLarge,
        "REQUEST-TOO-LARGE", "a request body above 1 MiB", "a submission of a few kilobytes", "send paths, not images");

    public static ApiRefusalException TooMany { get; } = new(StatusCodes.Status429TooManyRequests,
        "REQUESTS-TOO-MANY", "more requests than this server answers one caller", "a few a second", "ask less often");

    public static ApiRefusalException NoToken { get; } = new(StatusCodes.Status401Unauthorized,
        "TOKEN-REFUSED", "no token, or another than this server's", "`Authorization: Bearer` with the server's token",
        "name its file with --token-file, or put it into IVIM_TOKEN");

    public static ApiRefusalException RoleTooLow { get; } = new(StatusCodes.Status403Forbidden,
        "ROLE-TOO-LOW", "a token whose role may not do this", "a token of the role that docs/api.md names",
        "ask whoever runs the server for one");

    public static ApiRefusalException OtherHost { get; } = new(StatusCodes.Status421MisdirectedRequest,
        "HOST-REFUSED", "a request that addresses another host than this server", "a loopback name or the server's own",
        "correct --server, or the server's configured host");

    public static ApiRefusalException NoSuchAddress { get; } = new(StatusCodes.Status404NotFound,
        "ADDRESS-UNKNOWN", "an address that this server does not have", "one of /api/v1",
        "check that client and server are of one release");

    public static ApiRefusalException NotAllowed { get; } = new(StatusCodes.Status405MethodNotAllowed,
        "METHOD-REFUSED", "a method that this address does not have", "GET or POST as documented",
        "check that client and server are of one release");

    public static ApiRefusalException Malformed(string found) => new(StatusCodes.Status400BadRequest,
        "REQUEST-MALFORMED", found, "a request of API version 1", "compare it with docs/api.md");
}
