using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Ivim.Cli.CommandLine;

/// <summary>Options that several commands have, so that they read and mean the same everywhere.</summary>
internal static class SharedOptions
{
    public const string JsonName = "--json";

    public static Option<bool> Json() => new(JsonName) { Description = "End with one JSON object on the last line." };

    public static Option<bool> Quiet() => new("--quiet") { Description = "Show no progress." };

    public static Option<ulong?> Seed() => new("--seed") { Description = "Seed of everything random.", HelpName = "N" };

    public static Option<string?> Series() => Text("--series",
        "Which series of a DICOM folder: its number in the listing of a refusal, or its UID.", "N");

    /// <summary>A text option that may be left out.</summary>
    public static Option<string?> Text(string name, string description, string placeholder) =>
        new(name) { Description = description, HelpName = placeholder };

    public static Option<string> Folder(string name, string description) =>
        new(name) { Description = description, HelpName = "DIR", Required = true };

    /// <summary>A whole number within these limits that may be left out.</summary>
    public static Option<int?> Count(string name, string description, int least, int most = int.MaxValue)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result => RefuseOutside(result, least, most));
        return option;
    }

    /// <summary>A finite number of at least <paramref name="least"/> that may be left out.</summary>
    public static Option<double?> Number(string name, string description, double least)
    {
        var option = new Option<double?>(name) { Description = description, HelpName = "X" };
        option.Validators.Add(result => RefuseOutside(result, least, double.MaxValue));
        return option;
    }

    /// <summary>
    /// The number that stands on the command line, or null. A text that is none is left to the parser: asking it for
    /// the value would throw.
    /// </summary>
    public static double? WrittenNumber(OptionResult result) =>
        result.Tokens is [var text]
        && double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : null;

    private static void RefuseOutside(OptionResult result, double least, double most)
    {
        if (WrittenNumber(result) is not { } number || (number >= least && number <= most)) return;
        var expected = most < int.MaxValue ? $"{least} to {most}" : $"at least {least}";
        result.AddError($"{result.Option.Name} {result.Tokens[0].Value} ({expected})");
    }
}
