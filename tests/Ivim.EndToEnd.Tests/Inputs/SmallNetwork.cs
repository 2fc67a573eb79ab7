namespace Ivim.EndToEnd.Tests.Inputs;

/// <summary>
/// Networks as small as they come, and no polish: these tests are about the way, not the accuracy. Those that take the
/// default protocol have the polish in it.
/// </summary>
internal static class SmallNetwork
{
    /// <summary>Writes a protocol document of narrow networks.</summary>
    /// <param name="merge">How members become one map.</param>
    /// <returns>Its path, for `--protocol`.</returns>
    public static string Write(TemporaryFolder folder, string merge = "median") => folder.Write(
        $"small-{merge}.json",
        $$"""
        {
          "schema": "ivim-protocol/1",
          "network": { "convolution1": 4, "convolution2": 4, "lstmHidden": 4, "attentionHeads": 1, "headHidden": 8 },
          "slabs": { "slices": 2 },
          "polish": { "method": "none" },
          "ensemble": { "members": 2, "merge": "{{merge}}" },
          "training": { "steps": 60 }
        }
        """);
}
