using Ivim.Cli.Mapping;
using Ivim.Cli.Output;

namespace Ivim.Cli.Tests.Output;

public sealed class ProgressLinesTests
{
    [Fact]
    public void Counts_come_at_most_every_few_seconds_but_the_end_of_a_stage_always()
    {
        var clock = new HandClock();
        var writer = new StringWriter();
        var lines = new ProgressLines(writer, clock);
        for (int done = 0; done <= 100; done++)
        {
            lines.Report([new StageProgress("train", done, 100, 0, done / 100.0)]);
            clock.Advance(TimeSpan.FromSeconds(0.1));
        }
        Assert.Equal(["train    0/100", "train    50/100", "train    100/100"],
            writer.ToString().TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void A_stage_whose_plan_is_not_known_is_not_shown()
    {
        var writer = new StringWriter();
        new ProgressLines(writer, new HandClock()).Report([new StageProgress("train", 0, 0, 0, 0)]);
        Assert.Empty(writer.ToString());
    }

    private sealed class HandClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
