using Ivim.Cli.Output;

namespace Ivim.Cli.LocalCluster;

/// <summary>What is waited for, on one line: redrawn in place for a person, written once for anybody else.</summary>
internal sealed class WaitingLine(Terminal terminal) : IDisposable
{
    private const string Erase = "\r\u001b[2K";

    private bool _isShown;

    /// <param name="joined">Nodes that are members.</param>
    /// <param name="all">Nodes that are to be.</param>
    public void Show(int joined, int all)
    {
        var text = $"waiting for the nodes to join: {joined} of {all}";
        if (terminal.ErrorIsTerminal) terminal.Error.Write(Erase + text);
        else if (!_isShown) terminal.Error.WriteLine(text);
        _isShown = true;
    }

    /// <summary>Leaves a person's line empty for what follows.</summary>
    public void Dispose()
    {
        if (_isShown && terminal.ErrorIsTerminal) terminal.Error.Write(Erase);
        _isShown = false;
    }
}
