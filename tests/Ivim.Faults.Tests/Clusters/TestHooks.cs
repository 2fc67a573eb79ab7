namespace Ivim.Faults.Tests.Clusters;

/// <summary>Environment variables by which a node makes its own faults; none of them is set outside tests.</summary>
internal static class TestHooks
{
    /// <summary>Dies by SIGKILL at a point of a commit, when it comes there for the n-th time.</summary>
    public static Dictionary<string, string> CrashAt(string point, int nth) =>
        new() { ["IVIM_TEST_CRASH_AT"] = $"{point}:{nth}" };

    /// <param name="what">`segfault@train`, `hang@train` or `eat-memory@train`.</param>
    public static Dictionary<string, string> Poison(string study, string what) =>
        new() { ["IVIM_TEST_POISON_STUDY"] = study, ["IVIM_TEST_STAGE"] = what };

    /// <summary>How long every look at a training takes.</summary>
    public static Dictionary<string, string> Slow(int milliseconds) => new() { ["IVIM_TEST_SLOW"] = $"{milliseconds}" };

    /// <summary>The node drops what the file of its address in this folder says.</summary>
    public static Dictionary<string, string> BlackHole(string folder) => new() { ["IVIM_TEST_BLACK_HOLE"] = folder };

    /// <summary>A worker says every report twice.</summary>
    public static Dictionary<string, string> Repeat => new() { ["IVIM_TEST_REPEAT"] = "1" };

    /// <param name="safeguard">`hash-check` or `first-result-wins`: switched off.</param>
    public static Dictionary<string, string> Without(string safeguard) => new() { ["IVIM_TEST_WITHOUT"] = safeguard };
}
