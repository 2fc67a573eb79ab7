using System.Globalization;

namespace Ivim.Faults.Tests.Scans;

/// <summary>Networks as small as they come: these tests are about the way, not the accuracy.</summary>
internal static class SmallNetwork
{
    public const int Members = 3;

    /// <summary>A protocol that trains each network on each slab of two slices for exactly so many steps.</summary>
    /// <param name="input">The rules of the input, as JSON.</param>
    public static string Protocol(int steps, string input = "{}") => $$"""
        {
          "schema": "ivim-protocol/1",
          "input": {{input}},
          "network": { "convolution1": 4, "convolution2": 4, "lstmHidden": 4, "attentionHeads": 1, "headHidden": 8 },
          "slabs": { "slices": 2 },
          "ensemble": { "members": {{Members.ToString(CultureInfo.InvariantCulture)}} },
          "training": {
            "scope": "slab", "steps": {{steps.ToString(CultureInfo.InvariantCulture)}},
            "stopping": { "underfitLossFactor": null, "noiseFactor": null, "relativeChange": null }
          }
        }
        """;
}
