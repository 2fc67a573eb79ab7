namespace Ivim.Domain.Planning;

/// <param name="Name">
/// A field of the protocol as docs/protocol.md names it, `source.image` and so on, or a field of an item's key.
/// </param>
/// <param name="Before">Of the last run, as JSON; of a source the first digits of its hash.</param>
public sealed record ChangedField(string Name, string Before, string Now);
