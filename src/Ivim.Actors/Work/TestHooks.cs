using System.Globalization;
using System.Runtime.InteropServices;
using Ivim.Domain.Work;

namespace Ivim.Actors.Work;

/// <summary>
/// Faults on demand, for tests of whole processes only. Each is asked for by an environment variable that no
/// installation sets; without it a hook is the reading of a static field.
/// </summary>
/// <remarks>
/// IVIM_TEST_CRASH_AT=`point` or `point:n`: ends the process with SIGKILL at that point, at its n-th time. Points:
/// `after_tmp`, `after_fsync`, `after_rename` (a file of the work folder), `before_tx`, `after_tx` (a result in the
/// journal). IVIM_TEST_POISON_STUDY=`study id` with IVIM_TEST_STAGE=`segfault@train`, `hang@train` or
/// `eat-memory@train` (any stage's name after the @): what a worker does when it begins such an item of that study.
/// IVIM_TEST_SLOW=`milliseconds`: how long every look at a training takes. IVIM_TEST_REPEAT=`1`: a worker says every
/// report twice. IVIM_TEST_WITHOUT=`hash-check` or `first-result-wins`: switches a safeguard off, so that the suite can
/// show that it would notice: artifacts are believed unread, or a study counts each report.
/// Ivim.Hosting adds IVIM_TEST_BLACK_HOLE, which cuts a node off.
/// </remarks>
internal static partial class TestHooks
{
    private static readonly string? Poison = Read("IVIM_TEST_POISON_STUDY");
    private static readonly string[] Fault = (Read("IVIM_TEST_STAGE") ?? "").Split('@');
    private static readonly ManualResetEvent Never = new(false);
    private static readonly int Slow =
        int.TryParse(Read("IVIM_TEST_SLOW"), CultureInfo.InvariantCulture, out int milliseconds) ? milliseconds : 0;

    private static readonly string? Without = Read("IVIM_TEST_WITHOUT");

    /// <summary>How often a worker says a report at a time.</summary>
    public static int Reports { get; } = Read("IVIM_TEST_REPEAT") is null ? 1 : 2;

    /// <summary>Whether what is read from the store is compared with its name.</summary>
    public static bool ChecksHashes { get; } = Without != "hash-check";

    /// <summary>What keeps a study's results counted once.</summary>
    public static Safeguards Safeguards { get; } =
        Safeguards.All with { FirstResultWins = Without != "first-result-wins" };

    /// <summary>A training has looked up from its work.</summary>
    public static void Look()
    {
        if (Slow > 0) Never.WaitOne(Slow);
    }

    /// <summary>A worker begins an item.</summary>
    public static void Begin(WorkItem item, CancellationToken cancellation)
    {
        if (Poison is null || item.Study.Value != Poison || Fault.Length != 2) return;
        if (Domain.Work.Stages.NameOf(item.Name.Stage) != Fault[1]) return;
        switch (Fault[0])
        {
            case "segfault": _ = LengthOfText(1); break;
            case "hang": Never.WaitOne(); break;
            case "eat-memory": EatMemory(cancellation); break;
        }
    }

    private static void EatMemory(CancellationToken cancellation)
    {
        const int piece = 16 << 20;
        var eaten = new List<byte[]>();
        while (!cancellation.WaitHandle.WaitOne(20))
        {
            eaten.Add(new byte[piece]);
            eaten[^1].AsSpan().Fill((byte)eaten.Count);
        }
    }

    /// <summary>At an address that no process has, this dies as native code dies.</summary>
    [LibraryImport("libc", EntryPoint = "strlen")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint LengthOfText(nint address);

    private static string? Read(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

/// <summary>A place at which a test may have the process killed; see <see cref="TestHooks"/>.</summary>
internal static partial class FailPoint
{
    private const int SigKill = 9;

    private static readonly string[]? Wanted =
        Environment.GetEnvironmentVariable("IVIM_TEST_CRASH_AT") is { Length: > 0 } text ? text.Split(':') : null;

    private static int _hits;

    public static void Hit(string point)
    {
        if (Wanted is null || Wanted[0] != point) return;
        int wanted = Wanted.Length > 1 ? int.Parse(Wanted[1], CultureInfo.InvariantCulture) : 1;
        if (Interlocked.Increment(ref _hits) != wanted) return;
        _ = Kill(Environment.ProcessId, SigKill);
        new ManualResetEvent(false).WaitOne();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
