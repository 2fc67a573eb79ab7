namespace Ivim.Physics;

/// <summary>
/// Input that cannot be mapped, in one line for a person: what was found, what was expected, what to do.
/// </summary>
/// <remarks>
/// The one exception for bad input, whatever the room that met it; anything else that escapes is a defect of ours.
/// Texts hold numbers, field names and file roles (`the mask`), never paths or text out of headers.
/// </remarks>
public sealed class RefusalException : Exception
{
    /// <param name="code">Stable upper-case code, for example `NIFTI-TRUNCATED`.</param>
    /// <param name="found">What was found, without a full stop.</param>
    /// <param name="expected">What was expected, without a full stop.</param>
    /// <param name="remedy">What the reader can do, without a full stop.</param>
    public RefusalException(string code, string found, string expected, string remedy, Exception? cause = null)
        : base($"{code}: found {found}; expected {expected}; {remedy}.", cause)
    {
        Code = code;
        Found = found;
        Expected = expected;
        Remedy = remedy;
    }

    /// <summary>A refusal that was met elsewhere and comes as its line.</summary>
    public RefusalException(string code, string line)
        : base(line) => (Code, Found, Expected, Remedy) = (code, "", "", "");

    public string Code { get; }

    public string Found { get; }

    public string Expected { get; }

    public string Remedy { get; }
}
