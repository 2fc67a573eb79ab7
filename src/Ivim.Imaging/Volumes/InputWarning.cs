namespace Ivim.Imaging.Volumes;

/// <summary>Something about the input that a reader of the maps should know; mapping goes on.</summary>
/// <param name="Code">Stable upper-case code, for example `NO-B0`.</param>
/// <param name="Text">One line for a person, without paths or header text.</param>
public sealed record InputWarning(string Code, string Text)
{
    public override string ToString() => $"{Code}: {Text}";
}
