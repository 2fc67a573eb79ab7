namespace Ivim.Imaging.Bids;

/// <summary>BIDS labels: letters and digits of ASCII, nothing else, so that no label can leave its folder.</summary>
public static class BidsLabel
{
    private const int Longest = 64;

    public static bool IsValid(string label) =>
        label.Length is > 0 and <= Longest && label.All(char.IsAsciiLetterOrDigit);

    /// <summary>Leaves out every other character and all beyond 64; `unnamed` if nothing is left.</summary>
    public static string Sanitise(string anything)
    {
        string kept = string.Concat(anything.Where(char.IsAsciiLetterOrDigit).Take(Longest));
        return kept.Length > 0 ? kept : "unnamed";
    }
}
