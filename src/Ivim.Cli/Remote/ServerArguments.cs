using System.CommandLine;
using Ivim.Cli.CommandLine;

namespace Ivim.Cli.Remote;

/// <summary>The options that name a server; the same for every command that talks to one.</summary>
internal sealed class ServerArguments
{
    private readonly Option<string?> _server = SharedOptions.Text("--server", "The server's address.", "URL");
    private readonly Option<string?> _tokenFile = SharedOptions.Text(
        "--token-file", "File with the server's token; default: the environment variable IVIM_TOKEN.", "FILE");

    private readonly Option<string?> _work = SharedOptions.Text(
        "--work", "Instead of --server: the work folder of a local cluster.", "DIR");

    public Option[] All => [_server, _tokenFile, _work];

    public void AddTo(Command command)
    {
        foreach (var option in All) command.Add(option);
    }

    public ServerChoice Read(ParseResult parsed) =>
        new(parsed.GetValue(_server), parsed.GetValue(_tokenFile), parsed.GetValue(_work));
}

/// <summary>What the command line says of the server; null means not said.</summary>
/// <param name="Work">The work folder of a local cluster.</param>
internal sealed record ServerChoice(string? Server, string? TokenFile, string? Work)
{
    /// <summary>The same choice, to be written behind another command.</summary>
    public override string ToString() => string.Join(' ',
        ((string Name, string? Value)[])[("--server", Server), ("--token-file", TokenFile), ("--work", Work)] is var all
            ? all.Where(option => option.Value is not null).Select(option => $"{option.Name} {Quoted(option.Value!)}")
            : []);

    private static string Quoted(string text) =>
        text.All(c => char.IsLetterOrDigit(c) || "/._-:+=@".Contains(c, StringComparison.Ordinal)) ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
