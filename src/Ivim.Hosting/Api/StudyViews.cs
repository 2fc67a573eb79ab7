using Ivim.Actors.Artifacts;
using Ivim.Actors.Stages;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Hosting.Submissions;

namespace Ivim.Hosting.Api;

/// <summary>What callers read of a study.</summary>
internal static class StudyViews
{
    /// <param name="work">Of all studies.</param>
    public static StudyView Of(StudyId study, StudyDossier dossier, StudyLook look, WorkAtHand work) => new()
    {
        Study = study.Value,
        Protocol = dossier.Protocol,
        Phase = StudyPhases.NameOf(look.Phase),
        Stages = Stages(look, [.. work.Leases.Where(lease => lease.Item.Study == study)]),
        Maps = look.IsPublished ? Maps(dossier, look) : new Dictionary<string, MapView>(),
        Failure = look.Failure is { } failure ? Line(failure)
            : look.Phase == StudyPhase.Running ? work.MisfitOf(study) : null,
        Warnings = [.. look.Notes.Select(Line)],
        Alarms = [.. look.Alarms.Select(Line)],
    };

    /// <summary>Of a study that did not answer in time.</summary>
    public static StudyView Silent(StudyId study, StudyDossier dossier, ApiRefusalException why) => new()
    {
        Study = study.Value,
        Protocol = dossier.Protocol,
        Phase = StudyPhases.Silent,
        Stages = [],
        Maps = new Dictionary<string, MapView>(),
        Failure = new CodedLine(why.Code, why.Message),
        Warnings = [],
    };

    /// <param name="leases">Of this study; of an item with two, the one that is further on counts.</param>
    public static IReadOnlyList<StageView> Stages(StudyLook look, IReadOnlyList<LeaseShare> leases)
    {
        var underWay = leases.GroupBy(lease => lease.Item.Name)
            .ToLookup(item => item.Key.Stage, item => item.Max(lease => lease.Fraction));
        return
        [
            .. look.Stages.Select(count => new StageView(Domain.Work.Stages.NameOf(count.Stage), count.Total,
                count.Done, count.Reused, Fraction(count, underWay[count.Stage].Sum())))
        ];
    }

    private static double Fraction(StageCount count, double underWay) =>
        count.Total == 0 ? 0 : Math.Clamp((count.Done + underWay) / count.Total, 0, 1);

    private static Dictionary<string, MapView> Maps(StudyDossier dossier, StudyLook look)
    {
        var destination = new Destination(dossier);
        return look.Maps.ToDictionary(map => map.Parameter,
            map => new MapView(Path.GetFullPath(destination.Image(map.Parameter)), map.VoxelSha256));
    }

    private static CodedLine Line(WorkFailure failure) => new(failure.Code, failure.Message);

    private static CodedLine Line(string note)
    {
        int colon = note.IndexOf(": ", StringComparison.Ordinal);
        return new CodedLine(note[..colon], note[(colon + 2)..]);
    }
}
