using System.Runtime.InteropServices;

namespace Ivim.Actors.Work;

/// <summary>The thread of a stage: less urgent than heartbeats and renewals, which must not wait for work.</summary>
internal static partial class StageThread
{
    /// <summary>Added to the niceness that the process was started with.</summary>
    public const int Niceness = 5;

    public static Thread Start(string name, Action work)
    {
        var thread = new Thread(() =>
        {
            _ = Nice(Niceness); // Linux: of the calling thread
            work();
        })
        {
            IsBackground = true, Name = name,
        };
        thread.Start();
        return thread;
    }

    [LibraryImport("libc", EntryPoint = "nice")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Nice(int more);
}
