using Ivim.Domain.Studies;

namespace Ivim.Hosting.Api;

/// <summary>The phases of a study, as callers read them.</summary>
public static class StudyPhases
{
    public const string Running = "running", Published = "published", Failed = "failed", Cancelled = "cancelled";

    /// <summary>Of a study in a list that did not answer in time: nobody knows how it stands.</summary>
    public const string Silent = "silent";

    internal static string NameOf(StudyPhase phase) => phase switch
    {
        StudyPhase.Running => Running,
        StudyPhase.Published => Published,
        StudyPhase.Failed => Failed,
        StudyPhase.Cancelled => Cancelled,
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "not a phase of a known study"),
    };
}
