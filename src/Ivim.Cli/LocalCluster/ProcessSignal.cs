using System.Runtime.InteropServices;

namespace Ivim.Cli.LocalCluster;

/// <summary>Signals to other processes; the runtime sends none but SIGKILL.</summary>
internal static class ProcessSignal
{
    private const int Kill = 9, Terminate = 15;

    /// <summary>Asks it to end in order.</summary>
    public static void SendTerminate(int pid) => _ = Send(pid, Terminate);

    /// <summary>Ends it at once.</summary>
    public static void SendKill(int pid) => _ = Send(pid, Kill);

    /// <returns>Not 0 if there is no such process any more, which is what was wanted.</returns>
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Send(int pid, int signal);
}
