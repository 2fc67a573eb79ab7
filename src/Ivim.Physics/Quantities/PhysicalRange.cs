using System.Globalization;

namespace Ivim.Physics.Quantities;

/// <summary>The range outside which a number is a mistake of unit rather than a measurement.</summary>
internal readonly record struct PhysicalRange(string Quantity, double Lower, double Upper, string Unit)
{
    /// <exception cref="ArgumentOutOfRangeException">
    /// Not finite, or outside the range; the message names range and unit.
    /// </exception>
    public double Check(double value, string parameterName)
    {
        if (value >= Lower && value <= Upper) return value;
        var found = value.ToString(CultureInfo.InvariantCulture);
        throw new ArgumentOutOfRangeException(parameterName, string.Create(CultureInfo.InvariantCulture,
            $"{Quantity} is {found}, expected {Lower} to {Upper} {Unit}"));
    }
}
