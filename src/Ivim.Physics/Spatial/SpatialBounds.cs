namespace Ivim.Physics.Spatial;

/// <summary>The ranges of the maps, none of which reaches 0, since logarithms and logits are smoothed.</summary>
public sealed record SpatialBounds
{
    public static SpatialBounds Default { get; } = new();

    /// <summary>A lower bound of 0 of D or f gives way to the least values.</summary>
    public ParameterBounds Ranges { get; init; } = ParameterBounds.Default;

    public double LeastDMm2PerSecond { get; init; } = 1e-5;

    public double LeastF { get; init; } = 1e-3;

    internal TransformedBounds Transformed() => new(Ranges, LeastDMm2PerSecond, LeastF);
}
