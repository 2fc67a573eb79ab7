namespace Ivim.Cli.LocalCluster;

/// <summary>
/// One `up` or `down` at a time in a work folder; the other waits. The system frees it if its holder dies.
/// </summary>
internal static class ClusterLock
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    public static async Task<IDisposable> TakeAsync(string path, TimeProvider clock, CancellationToken cancellation)
    {
        while (true)
        {
            if (TryTake(path) is { } held) return held;
            await Task.Delay(BetweenTries, clock, cancellation);
        }
    }

    /// <returns>Null if another process holds it.</returns>
    public static IDisposable? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException)
            && File.Exists(path))
        {
            return null;
        }
    }
}
