namespace Ivim.Physics.Spatial;

/// <summary>What every number has to be before it may pull on its neighbours.</summary>
internal static class SpatialValues
{
    /// <exception cref="ArgumentException">One is not: it would spread over the volume.</exception>
    public static void RequireFinite(ReadOnlySpan<float> values, string what)
    {
        foreach (float value in values)
            if (!float.IsFinite(value)) throw new ArgumentException($"{what} holds a value that is not finite");
    }
}
