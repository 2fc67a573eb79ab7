namespace Ivim.Faults.Tests.Clusters;

/// <summary>Environment variables by which a node makes its own faults; none of them is set outside tests.</summary>
internal static class TestHooks
{
    /// <summary>Where in the commit of a result the process dies: one of <see cref="CommitSteps"/>.</summary>
    public const string CrashAt = "IVIM_TEST_CRASH_AT";

    /// <summary>How many times slower each training step is.</summary>
    public const string Slow = "IVIM_TEST_SLOW";

    /// <summary>The study whose training kills its worker.</summary>
    public const string PoisonStudy = "IVIM_TEST_POISON_STUDY";

    public static IReadOnlyList<string> CommitSteps { get; } =
        ["after_tmp", "after_fsync", "after_rename", "before_tx", "in_tx", "after_tx"];

    public static Dictionary<string, string> With(string name, string value) => new() { [name] = value };
}
