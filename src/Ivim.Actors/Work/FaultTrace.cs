namespace Ivim.Actors.Work;

/// <summary>What a log may tell of an exception.</summary>
internal static class FaultTrace
{
    /// <summary>
    /// Types, codes and places in the code. No messages: those of the file system quote paths, and paths name people.
    /// </summary>
    public static string Of(Exception fault) => string.Join("\ncaused by ", Chain(fault)
        .Select(link => $"{link.GetType().FullName} (0x{link.HResult:x8})\n{link.StackTrace}"));

    private static IEnumerable<Exception> Chain(Exception? fault)
    {
        for (; fault is not null; fault = fault.InnerException) yield return fault;
    }
}
