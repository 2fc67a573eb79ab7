namespace Ivim.Domain.Planning;

/// <summary>In which fields two content keys differ.</summary>
public static class RecipeDifference
{
    private const string Absent = "none";

    /// <returns>The fields of the present key in its order, then those that only the former one has.</returns>
    public static IReadOnlyList<ChangedField> Between(
        IReadOnlyList<KeyValuePair<string, string>> before, IReadOnlyList<KeyValuePair<string, string>> now)
    {
        var (former, present) = (ByName(before), ByName(now));
        return
        [
            .. now.Concat(before).Select(field => field.Key).Distinct()
                .Select(name => new ChangedField(name, ValueOf(former, name), ValueOf(present, name)))
                .Where(field => field.Before != field.Now),
        ];
    }

    private static ILookup<string, string> ByName(IEnumerable<KeyValuePair<string, string>> recipe) =>
        recipe.ToLookup(field => field.Key, field => field.Value);

    private static string ValueOf(ILookup<string, string> recipe, string name) =>
        recipe.Contains(name) ? string.Join(", ", recipe[name]) : Absent;
}
