using System.Globalization;
using Ivim.Faults.Tests.Machine;

namespace Ivim.Faults.Tests.Injection;

/// <summary>The wall clock of one process; its monotonic clock goes on as ever.</summary>
internal sealed class FakedClock
{
    private readonly string _file;

    public FakedClock(TemporaryFolder folder)
    {
        string? library = Directory.Exists("/usr/lib")
            ? Directory.EnumerateFiles("/usr/lib", "libfaketimeMT.so.1", SearchOption.AllDirectories).FirstOrDefault()
            : null;
        Skip.If(library is null, "no libfaketimeMT here: apt-get install faketime");
        _file = folder.Write("faketime", "+0");
        Environment = new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = library!,
            ["FAKETIME_TIMESTAMP_FILE"] = _file,
            ["FAKETIME_NO_CACHE"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            // Otherwise libfaketime 0.9.10 ends every timed wait on the monotonic clock at once: the runtime's timers
            // spin, and what was to be a node with another time is a slow node.
            ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
        };
    }

    /// <summary>What the process has to be started with.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>From now on the clock is that much ahead (behind, if negative).</summary>
    public void JumpTo(TimeSpan offset)
    {
        // Renamed into place: the library reads the file at every look at the clock.
        string next = _file + ".next";
        File.WriteAllText(next, offset.TotalSeconds.ToString("+0;-0", CultureInfo.InvariantCulture));
        File.Move(next, _file, overwrite: true);
    }
}
