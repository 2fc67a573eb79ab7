namespace Ivim.Domain.Protocols;

/// <summary>
/// Protocols that need no file: what a run has when it names none, and where organs ask for other bounds.
/// </summary>
public static class BuiltInProtocols
{
    /// <summary>Body: the bounds of IVIM-NET (Barbieri 2020, Kaandorp 2021).</summary>
    public const string Default = "default";

    /// <summary>
    /// Brain: blood moves slower there (D* of 3e-3 to 12e-3 mm²/s in Spinner 2021, doi 10.1016/j.media.2021.102144),
    /// so the default's lower bound of D* would cut off white matter. D still ends where D* begins, so that the two
    /// cannot change places.
    /// </summary>
    public const string Brain = "brain";

    public static IReadOnlyList<string> Names { get; } = [Default, Brain];

    /// <summary>The bounds of the protocol `brain`.</summary>
    public static BoundsRules BrainBounds { get; } = new()
    {
        D = new Interval(0, 0.003), F = new Interval(0, 0.4), DStar = new Interval(0.003, 0.2),
    };

    /// <returns>Null where no built-in protocol has this name.</returns>
    public static Protocol? Named(string name) => name switch
    {
        Default => new Protocol(),
        Brain => new Protocol { Bounds = BrainBounds },
        _ => null,
    };
}
