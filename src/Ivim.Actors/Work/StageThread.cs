using System.Runtime.InteropServices;

namespace Ivim.Actors.Work;

/// <summary>The thread of a stage: less urgent than heartbeats and renewals, which must not wait for work.</summary>
internal static partial class StageThread
{
    private const int WholeProcessOrThread = 0;
    private const int ThisThread = 0;
    private const int Nice = 5;

    public static Thread Start(string name, Action work)
    {
        var thread = new Thread(() =>
        {
            _ = SetPriority(WholeProcessOrThread, ThisThread, Nice); // Linux: of the calling thread; may be refused
            work();
        })
        {
            IsBackground = true, Name = name,
        };
        thread.Start();
        return thread;
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, int who, int priority);
}
