using System.Runtime.InteropServices;
using Ivim.Hosting.Crashes;

/// <summary>
/// Makes any .NET program that is started with DOTNET_STARTUP_HOOKS set to this assembly a worker that dies in the way
/// asked for. The name and the missing namespace are what .NET looks for.
/// </summary>
internal static class StartupHook
{
    public const string Way = "IVIM_TEST_DIES_BY", Node = "IVIM_TEST_NODE", Work = "IVIM_TEST_WORK";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Way) is not { } way) return;
        CrashReports.In(Environment.GetEnvironmentVariable(Work)!, TimeProvider.System)
            .NoteStart(Environment.GetEnvironmentVariable(Node)!);
        switch (way)
        {
            case "exception":
                // On a thread of its own: .NET calls a hook by reflection, which would wrap the exception.
                var thread = new Thread(() => throw new InvalidOperationException("/data/patient-name/scan.nii"));
                thread.Start();
                thread.Join();
                break;
            case "fail-fast":
                Environment.FailFast("on purpose");
                break;
            case "segmentation fault":
                Marshal.WriteInt32(unchecked((nint)0x7fff_0000_0007), 1);
                break;
            case "stack overflow":
                _ = Deeper(1);
                break;
            case "kill -9":
                using (var self = System.Diagnostics.Process.GetCurrentProcess()) self.Kill();
                new ManualResetEvent(false).WaitOne();
                break;
        }
        Environment.Exit(0);
    }

    private static int Deeper(int depth) => Deeper(depth + 1) + depth;
}
