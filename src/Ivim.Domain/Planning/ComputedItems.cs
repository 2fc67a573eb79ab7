using System.Collections.Immutable;
using Ivim.Domain.Work;

namespace Ivim.Domain.Planning;

/// <summary>Which items of a study were computed between two looks at it. Pure.</summary>
public static class ComputedItems
{
    /// <param name="wasReopened">
    /// Whether the study went on after a failure or cancellation meanwhile, with which its attempts were forgotten.
    /// </param>
    public static ImmutableArray<ItemName> Between(
        IEnumerable<ItemStatus> before, IEnumerable<ItemStatus> after, bool wasReopened)
    {
        var made = before.Where(item => item.Phase == ItemPhase.Done)
            .ToDictionary(item => item.Name, item => wasReopened ? 1 : item.Attempts);
        return
        [
            .. after.Where(item => item.Phase == ItemPhase.Done
                    && (!made.TryGetValue(item.Name, out int attempts) || item.Attempts > attempts))
                .Select(item => item.Name),
        ];
    }
}
