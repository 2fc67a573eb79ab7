using Ivim.Cli.Mapping;

namespace Ivim.Cli.Output;

/// <summary>Shows how far the stages are: bars on a terminal, plain lines elsewhere, nothing when quiet.</summary>
internal static class ProgressView
{
    public static Task<T> ShowAsync<T>(
        Terminal terminal, bool quiet, Func<IProgress<IReadOnlyList<StageProgress>>, Task<T>> work)
    {
        if (quiet) return work(new Silence());
        return terminal.ErrorIsTerminal
            ? ProgressBars.ShowAsync(terminal.Error, work)
            : work(new ProgressLines(terminal.Error, terminal.Clock));
    }

    private sealed class Silence : IProgress<IReadOnlyList<StageProgress>>
    {
        public void Report(IReadOnlyList<StageProgress> value)
        {
        }
    }
}
