using Ivim.Actors.Work;
using Ivim.Domain.Studies;

namespace Ivim.Actors.Studies;

/// <summary>What the history of a node tells of a study.</summary>
internal static class StudyFacts
{
    /// <summary>Merging a slab, and assembling and publishing the whole, are items of the aggregator.</summary>
    private const int WholeStudyItems = 2;

    /// <param name="study">As it is after the event.</param>
    public static WorkFact? Of(StudyEvent fact, StudyState study) => fact switch
    {
        StudyEvent.Submitted or StudyEvent.Reopened => Say("submitted", study),
        StudyEvent.Prepared => Say("planned", study) with
        {
            Total = StudyPlan.Items(study).Count() + study.SlabCount + WholeStudyItems,
        },
        StudyEvent.Failed e => Say("failed", study) with { Item = e.Item, Code = e.Failure.Code },
        StudyEvent.Cancelled => Say("cancelled", study),
        StudyEvent.Published => Say("published", study),
        _ => null,
    };

    private static WorkFact Say(string fact, StudyState study) => new(fact) { Study = study.Id };
}
