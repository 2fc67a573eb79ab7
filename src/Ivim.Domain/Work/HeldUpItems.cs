using System.Collections.Immutable;

namespace Ivim.Domain.Work;

/// <summary>Items that the machine holds up, and when each is to be tried again. Pure; not journaled.</summary>
public sealed record HeldUpItems
{
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(3), LongestPause = TimeSpan.FromSeconds(60);

    /// <summary>A study that its machine has held up for so long has failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    public static HeldUpItems None { get; } = new();

    private ImmutableDictionary<ItemName, (int Failures, TimeSpan Since, TimeSpan Until)> Items { get; init; } =
        ImmutableDictionary<ItemName, (int, TimeSpan, TimeSpan)>.Empty;

    /// <summary>The pause after so many failures in a row: 3 s, 6 s, 12 s, 24 s, 48 s, then 60 s.</summary>
    public static TimeSpan PauseAfter(int failures) => failures > 5 ? LongestPause
        : TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << (Math.Max(failures, 1) - 1)));

    /// <param name="now">On a monotonic clock.</param>
    public HeldUpItems After(ItemName item, TimeSpan now)
    {
        var (failures, since, _) = Items.GetValueOrDefault(item, (0, now, now));
        return this with { Items = Items.SetItem(item, (failures + 1, since, now + PauseAfter(failures + 1))) };
    }

    /// <summary>The item went on: what held it up is over.</summary>
    public HeldUpItems Without(ItemName item) => this with { Items = Items.Remove(item) };

    public bool Pauses(ItemName item, TimeSpan now) => Items.TryGetValue(item, out var held) && now < held.Until;

    public bool IsHopeless(ItemName item, TimeSpan now) =>
        Items.TryGetValue(item, out var held) && now - held.Since >= Patience;
}
