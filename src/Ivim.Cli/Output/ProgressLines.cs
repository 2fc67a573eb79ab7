using Ivim.Cli.Mapping;

namespace Ivim.Cli.Output;

/// <summary>Progress for a log: a line when a stage begins or ends, and a count every few seconds in between.</summary>
internal sealed class ProgressLines(TextWriter writer, TimeProvider clock) : IProgress<IReadOnlyList<StageProgress>>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (StageProgress Shown, long At)> _lines = [];

    public void Report(IReadOnlyList<StageProgress> value)
    {
        lock (_gate)
        {
            foreach (var stage in value.Where(IsNews)) Write(stage);
        }
    }

    private bool IsNews(StageProgress stage)
    {
        if (stage.Total == 0) return false;
        if (!_lines.TryGetValue(stage.Stage, out var line)) return true;
        if (stage.Done == line.Shown.Done) return false;
        return stage.Done == stage.Total || clock.GetElapsedTime(line.At) >= Pause;
    }

    private void Write(StageProgress stage)
    {
        _lines[stage.Stage] = (stage, clock.GetTimestamp());
        var reused = stage.Reused > 0 ? $" ({stage.Reused} reused)" : "";
        writer.WriteLine($"{stage.Stage,-8} {stage.Done}/{stage.Total}{reused}");
    }
}
