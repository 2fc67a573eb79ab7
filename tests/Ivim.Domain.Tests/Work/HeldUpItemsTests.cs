using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Work;

public sealed class HeldUpItemsTests
{
    [Fact]
    public void Pauses_grow_from_three_seconds_to_a_minute() => Assert.Equal([3, 6, 12, 24, 48, 60, 60],
        Enumerable.Range(1, 6).Append(1_000_000).Select(failures => HeldUpItems.PauseAfter(failures).TotalSeconds));

    [Fact]
    public void An_item_pauses_until_it_may_be_tried_again_and_starts_anew_when_it_went_on()
    {
        var held = HeldUpItems.None.After(ItemName.Prepare, default).After(ItemName.Prepare, At(3));
        Assert.True(held.Pauses(ItemName.Prepare, At(8.9)));
        Assert.False(held.Pauses(ItemName.Prepare, At(9)));
        Assert.False(held.Pauses(ItemName.Assemble, At(4)));
        held = held.Without(ItemName.Prepare).After(ItemName.Prepare, At(100));
        Assert.False(held.Pauses(ItemName.Prepare, At(103)));
    }

    [Fact]
    public void After_a_day_there_is_no_hope()
    {
        var held = HeldUpItems.None.After(ItemName.Prepare, At(5)).After(ItemName.Prepare, At(80_000));
        Assert.False(held.IsHopeless(ItemName.Prepare, At(86_404)));
        Assert.True(held.IsHopeless(ItemName.Prepare, At(86_405)));
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
