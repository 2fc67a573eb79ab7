using Ivim.Cli.Output;
using Ivim.Hosting.Api;

namespace Ivim.Cli.Remote;

/// <summary>Says while a study is watched why it waits, and when it goes on.</summary>
internal sealed class HeldUpLines(Terminal terminal, bool quiet)
{
    public void Say(CodedLine? line)
    {
        if (!quiet) terminal.Error.WriteLine(line is null ? "the study goes on" : $"held up by {line.Message}");
    }
}
