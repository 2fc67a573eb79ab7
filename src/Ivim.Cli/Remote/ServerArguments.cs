using System.CommandLine;
using System.CommandLine.Parsing;
using Ivim.Cli.CommandLine;

namespace Ivim.Cli.Remote;

/// <summary>The options that name a server; the same for every command that talks to one.</summary>
/// <param name="work">What `--work` is for, where it may also name a folder that has no server.</param>
internal sealed class ServerArguments(string work = "Instead of --server: the work folder of a local cluster.")
{
    private readonly Option<string?> _server = SharedOptions.Text("--server", "The server's address.", "URL");
    private readonly Option<string?> _tokenFile = SharedOptions.Text(
        "--token-file", "File with the server's token; default: the environment variable IVIM_TOKEN.", "FILE");

    private readonly Option<string?> _authority = SharedOptions.Text("--ca",
        "Certificate of the private authority to believe for https; default: the environment variable IVIM_CA, then "
        + "the system's authorities.", "FILE");

    private readonly Option<string?> _work = SharedOptions.Text("--work", work, "DIR");

    public Option[] All => [_server, _tokenFile, _authority, _work];

    public void AddTo(Command command)
    {
        foreach (var option in All) command.Add(option);
    }

    public bool NamesServer(SymbolResult parsed) => parsed.GetValue(_server) is not null;

    public ServerChoice Read(ParseResult parsed) =>
        new(parsed.GetValue(_server), parsed.GetValue(_tokenFile), parsed.GetValue(_authority),
            parsed.GetValue(_work));
}

/// <summary>What the command line says of the server; null means not said.</summary>
/// <param name="Authority">File of the private authority's certificate.</param>
/// <param name="Work">The work folder of a local cluster.</param>
internal sealed record ServerChoice(string? Server, string? TokenFile, string? Authority, string? Work)
{
    /// <summary>The same choice, to be written behind another command.</summary>
    public override string ToString() => string.Join(' ',
        ((string Name, string? Value)[])
            [("--server", Server), ("--token-file", TokenFile), ("--ca", Authority), ("--work", Work)] is var all
            ? all.Where(option => option.Value is not null).Select(option => $"{option.Name} {Quoted(option.Value!)}")
            : []);

    private static string Quoted(string text) =>
        text.All(c => char.IsLetterOrDigit(c) || "/._-:+=@".Contains(c, StringComparison.Ordinal)) ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
