namespace Ivim.Cli.Simulation;

/// <summary>Which b-values a phantom is scanned with unless the user says otherwise.</summary>
internal static class BValueScheme
{
    /// <summary>s/mm², the scheme of Kaandorp et al., Magn Reson Med 86 (2021) 2250.</summary>
    public static IReadOnlyList<double> Usual { get; } = [0, 5, 10, 20, 30, 40, 60, 150, 300, 500, 700];
}
