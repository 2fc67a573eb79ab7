using System.Diagnostics;

namespace Ivim.Faults.Tests.Machine;

/// <summary>Waits for conditions, never for time to pass.</summary>
internal static class Until
{
    /// <summary>For what has no bound of its own: only a hang takes so long, on a busy machine too.</summary>
    public static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    /// <returns>How long it took.</returns>
    public static Task<TimeSpan> TrueAsync(Func<bool> isTrue, TimeSpan limit, string what) =>
        TrueAsync(() => Task.FromResult(isTrue()), limit, what);

    /// <inheritdoc cref="TrueAsync(Func{bool}, TimeSpan, string)"/>
    public static Task<TimeSpan> TrueAsync(Func<Task<bool>> isTrue, TimeSpan limit, string what) =>
        TrueAsync(isTrue, limit, () => what);

    private static async Task<TimeSpan> TrueAsync(Func<Task<bool>> isTrue, TimeSpan limit, Func<string> what)
    {
        long started = Stopwatch.GetTimestamp();
        while (!await isTrue())
        {
            var waited = Stopwatch.GetElapsedTime(started);
            Assert.True(waited < limit, $"waited {waited.TotalSeconds:F1} s in vain until {what()}");
            await Task.Delay(LookEvery);
        }
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>The first value that is not null.</summary>
    public static async Task<T> FoundAsync<T>(Func<Task<T?>> find, TimeSpan limit, Func<string> what)
        where T : class
    {
        T? found = null;
        await TrueAsync(async () => (found = await find()) is not null, limit, what);
        return found!;
    }

    /// <summary>Looks again and again for as long as it must hold.</summary>
    public static async Task StaysTrueAsync(Func<Task<bool>> isTrue, TimeSpan time, string what)
    {
        long started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            Assert.True(await isTrue(), $"not any more: {what}");
            await Task.Delay(LookEvery);
        }
    }
}
