using System.Security.Cryptography;
using System.Text.Json;

namespace Ivim.Hosting.Api.Events;

/// <summary>One event for callers: how something stands now.</summary>
/// <param name="Type"><see cref="Study"/> or <see cref="Cohort"/>.</param>
/// <param name="Id">Who comes back with it hears only what is new since.</param>
internal sealed record ServerEvent(string Type, string Id, object View)
{
    public const string Study = "study", Cohort = "cohort";

    private const int SumBytes = 8;

    /// <summary>The same for two views that tell the same.</summary>
    public static string SumOf(StudyView view) => SumOf<StudyView>(view);

    /// <summary>The same for two views that tell the same, however fast the cohort is found to be.</summary>
    public static string SumOf(CohortView view) =>
        SumOf<CohortView>(view with { EntriesPerHour = 0, SecondsLeft = null });

    private static string SumOf<TView>(TView view) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(view))[..SumBytes]);
}
