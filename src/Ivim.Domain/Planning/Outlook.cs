using Ivim.Domain.Work;

namespace Ivim.Domain.Planning;

/// <summary>What a run would do about an item.</summary>
public enum Outlook
{
    /// <summary>Its result is there.</summary>
    Reused,

    /// <summary>Nobody has its result.</summary>
    Computed,

    /// <summary>
    /// It reads what another item has yet to make, so its key is not known: it is computed, or found if what it reads
    /// comes out as at another time.
    /// </summary>
    Unknown,
}

/// <param name="Work">With its key; null where that is not known.</param>
public sealed record ForecastItem(ItemName Name, Outlook Outlook, WorkItem? Work);
