using Ivim.Domain.Artifacts;
using Ivim.Domain.Planning;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Hosting.Api;
using Ivim.Hosting.Journals;
using Ivim.Physics;

namespace Ivim.Hosting.Planning;

/// <summary>
/// Finds out why a study or one of its items stands as it does; a node may be at work in the folder meanwhile.
/// </summary>
public sealed class StudyInquiry(WorkFolderView folder)
{
    /// <param name="item">For example `train/slab-003/member-02`; null for the whole study.</param>
    /// <exception cref="RefusalException">STUDY-UNKNOWN, ITEM-UNKNOWN, JOURNAL-UNREADABLE.</exception>
    public async Task<StudyReasons> AskAsync(StudyId study, string? item, CancellationToken cancellation)
    {
        var record = await folder.Records.ReadAsync(study, cancellation);
        if (!record.Exists)
            throw new RefusalException("STUDY-UNKNOWN", "no study of this name in the work folder",
                "one that was submitted there", "see the names with `ivim status`, or name the folder with --work");
        var reasons = new WaitingReasons(record.Study, record.Maps);
        var last = await LastRun.BeforeAsync(folder, study, cancellation);
        var whole = Whole(record, last);
        return item is null
            ? whole with { Stages = StagesOf(reasons) }
            : whole with { Item = One(reasons, item, last) };
    }

    private static StudyReasons Whole(StudyRecord record, LastRun? last)
    {
        var (study, maps) = (record.Study, record.Maps);
        var quarantine = record.Quarantine;
        var failure = quarantine ?? (study.Phase == StudyPhase.Failed ? study.Failure
            : maps.Phase == StudyPhase.Failed ? maps.Failure : null);
        return new StudyReasons
        {
            Study = study.Id.Value,
            Phase = StudyPhases.NameOf(study.Phase),
            Quarantined = quarantine is not null,
            Code = failure?.Code,
            Message = failure?.Message,
            LastStudy = last?.Study.Value,
            Changes = last?.Changes(study.Source, study.Protocol) ?? [],
        };
    }

    private static IReadOnlyList<StageReasons> StagesOf(WaitingReasons reasons) =>
    [
        .. reasons.All().GroupBy(item => ItemKinds.NameOf(item.Name)).Select(kind => new StageReasons(
            kind.Key, kind.Count(), Count(kind, ItemStanding.Done), Count(kind, ItemStanding.Reused),
            Count(kind, ItemStanding.Ready), Count(kind, ItemStanding.Waiting), Count(kind, ItemStanding.Stopped),
            [.. kind.Where(item => item.Standing == ItemStanding.Waiting)
                .Select(item => new WaitingItem(item.Name.ToString(), Texts(item.WaitsFor)))])),
    ];

    private ItemReasons One(WaitingReasons reasons, string text, LastRun? last)
    {
        var position = (ItemName.Parse(text) is { } name ? reasons.Of(name) : null)
            ?? throw new RefusalException("ITEM-UNKNOWN", "no item of this name in the study",
                "a name as status and history write it, for example train/slab-003/member-02",
                "see the items that wait with `ivim why STUDY --json`");
        var recipe = position.Work?.Recipe ?? RecipeOf(position.Key) ?? [];
        var before = KeyIn(last, position.Name);
        var lastRecipe = RecipeOf(before);
        bool isComparable = lastRecipe is not null && position.Key is not null;
        return new ItemReasons(position.Name.ToString(), NameOf(position.Standing), Texts(position.WaitsFor),
            position.Key?.Hex, recipe, before?.Hex, lastRecipe is not null,
            isComparable ? RecipeDifference.Between(lastRecipe!, recipe) : []);
    }

    private static ContentKey? KeyIn(LastRun? last, ItemName name) => last is null ? null
        : (last.Record.Study.Ledger.Results.GetValueOrDefault(name)
            ?? last.Record.Maps.Ledger.Results.GetValueOrDefault(name))?.Key;

    private IReadOnlyList<KeyValuePair<string, string>>? RecipeOf(ContentKey? key) =>
        key is { } known ? folder.Store.ReadResult(known)?.Recipe : null;

    private static string NameOf(ItemStanding standing) => standing.ToString().ToLowerInvariant();

    private static string[] Texts(IEnumerable<ItemName> items) => [.. items.Select(item => item.ToString())];

    private static int Count(IEnumerable<ItemPosition> items, ItemStanding standing) =>
        items.Count(item => item.Standing == standing);
}
