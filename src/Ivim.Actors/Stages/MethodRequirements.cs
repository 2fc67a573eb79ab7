using System.Globalization;
using Ivim.Domain.Protocols;
using Ivim.Physics;

namespace Ivim.Actors.Stages;

/// <summary>Whether a table of b-values can carry a method: said before anything is computed.</summary>
public static class MethodRequirements
{
    /// <exception cref="RefusalException">SEGMENTED-NEEDS-B0 or SEGMENTED-NEEDS-HIGH-B.</exception>
    public static void Check(Protocol protocol, BValueTable b)
    {
        if (protocol.Method != Methods.Segmented) return;
        if (!b.HasZero)
            throw new RefusalException("SEGMENTED-NEEDS-B0", "no b = 0", "at least one volume at b = 0",
                "use --method nlls or cnn-bilstm-mham, which estimate S0");
        double cutoff = protocol.Segmented.CutoffSecondsPerMm2;
        int high = b.SecondsPerMm2.Count(value => value >= cutoff);
        if (high < 2)
            throw new RefusalException("SEGMENTED-NEEDS-HIGH-B",
                string.Create(CultureInfo.InvariantCulture, $"{high} b-values of at least {cutoff} s/mm2"), "2 or more",
                "lower the protocol's segmented.cutoffSecondsPerMm2, or use --method nlls");
    }
}
