using Ivim.Cli.Mapping;
using Spectre.Console;

namespace Ivim.Cli.Output;

/// <summary>Progress for a person: one bar for each stage, redrawn in place.</summary>
internal sealed class ProgressBars(ProgressContext bars) : IProgress<IReadOnlyList<StageProgress>>
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ProgressTask> _tasks = [];

    public static Task<T> ShowAsync<T>(TextWriter writer, Func<IProgress<IReadOnlyList<StageProgress>>, Task<T>> work)
    {
        // Spectre reads NO_COLOR and the terminal's abilities itself.
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        return console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(),
                new PercentageColumn(), new ElapsedTimeColumn(), new SpinnerColumn())
            .StartAsync(bars => work(new ProgressBars(bars)));
    }

    public void Report(IReadOnlyList<StageProgress> value)
    {
        lock (_gate)
        {
            foreach (var stage in value) Draw(stage);
        }
    }

    private void Draw(StageProgress stage)
    {
        if (!_tasks.TryGetValue(stage.Stage, out var task))
            _tasks[stage.Stage] = task = bars.AddTask(stage.Stage, autoStart: false, maxValue: 1);
        if (stage.Total == 0) return;
        if (!task.IsStarted) task.StartTask();
        var reused = stage.Reused > 0 ? $", {stage.Reused} reused" : "";
        task.Description = Markup.Escape($"{stage.Stage,-8} {stage.Done}/{stage.Total}{reused}");
        task.Value = stage.Done == stage.Total ? 1 : Math.Min(stage.Fraction, 0.999);
    }
}
