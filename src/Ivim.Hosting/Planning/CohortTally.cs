using System.Collections.Immutable;
using Ivim.Actors.Planning;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Planning;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Hosting.Api;

namespace Ivim.Hosting.Planning;

/// <summary>Adds up the forecasts of a cohort's entries.</summary>
internal sealed class CohortTally
{
    private readonly Dictionary<(string Kind, string Document), KindCount> _kinds = [];
    private readonly Dictionary<(string Before, string Now), int> _documents = [];
    private readonly Dictionary<string, int> _codes = [];
    private readonly HashSet<StudyId> _studies = [];
    private readonly HashSet<ContentKey> _starts = [];

    public int Planned { get; private set; }

    public int Unprepared { get; private set; }

    public int Unread { get; set; }

    public int Cancelled { get; set; }

    public bool Computes => _kinds.Values.Any(kind => kind.Computed + kind.Unknown > 0);

    public bool IsExact => Unread == 0 && _codes.Count == 0 && _kinds.Values.All(kind => kind.Unknown == 0);

    public IReadOnlyList<CodeView> Codes =>
    [
        .. _codes.Select(code => new CodeView(code.Key, code.Value))
            .OrderBy(code => code.Code, StringComparer.Ordinal),
    ];

    public void Refuse(string code) => _codes[code] = _codes.GetValueOrDefault(code) + 1;

    /// <param name="before">The protocol that the entry was mapped under last.</param>
    public void Add(WantedStudy wanted, ImmutableArray<ForecastItem> items, string before)
    {
        Planned++;
        if (before != wanted.ProtocolDocument)
            _documents[(before, wanted.ProtocolDocument)] =
                _documents.GetValueOrDefault((before, wanted.ProtocolDocument)) + 1;
        if (items.Any(item => item.Name == ItemName.Prepare && item.Outlook != Outlook.Reused)) Unprepared++;
        // Two entries with the same files are one study.
        if (!_studies.Add(wanted.Study)) return;
        foreach (var item in items)
        {
            var key = (ItemKinds.NameOf(item.Name), wanted.ProtocolDocument);
            if (!_kinds.TryGetValue(key, out var kind)) _kinds[key] = kind = new KindCount(item.Name);
            kind.Count(IsMadeByAnother(item) ? Outlook.Reused : item.Outlook);
        }
    }

    /// <param name="times">Null where nothing has to be computed.</param>
    public IReadOnlyList<PlannedStage> Stages(string numericClass, StageTimes? times) =>
    [
        .. _kinds.GroupBy(kind => kind.Key.Kind)
            .OrderBy(kind => Place(kind.First().Value.Sample.Stage))
            .ThenByDescending(kind => kind.First().Value.Sample.IsWeights)
            .Select(kind => StageOf(kind.Key, [.. kind.Select(part => (part.Value, times?.Of(ItemKinds.RecipeOf(
                part.Value.Sample, ProtocolJson.Read(part.Key.Document), numericClass))))])),
    ];

    public IReadOnlyList<CohortChange> Changes() =>
    [
        .. _documents.SelectMany(pair => ProtocolDifference.Between(
                    ProtocolJson.Read(pair.Key.Before), ProtocolJson.Read(pair.Key.Now)).Fields
                .Select(field => (Field: field, Entries: pair.Value)))
            .GroupBy(change => (change.Field.Name, change.Field.First, change.Field.Second))
            .Select(change => new CohortChange(
                change.Key.Name, change.Key.First, change.Key.Second, change.Sum(part => part.Entries)))
            .OrderBy(change => change.Name, StringComparer.Ordinal),
    ];

    private static int Place(Stage stage) =>
        Domain.Work.Stages.InOrder.TakeWhile(earlier => earlier != stage).Count();

    /// <summary>A start is shared by all studies with the same b-values.</summary>
    private bool IsMadeByAnother(ForecastItem item) => item is { Name.Stage: Stage.Start, Outlook: Outlook.Computed }
        && !_starts.Add(item.Work!.Key);

    /// <param name="parts">Of each protocol that there is among the centres.</param>
    private static PlannedStage StageOf(string kind, List<(KindCount Count, StageTime? Time)> parts)
    {
        var (reused, unknown) = (parts.Sum(part => part.Count.Reused), parts.Sum(part => part.Count.Unknown));
        int computed = parts.Sum(part => part.Count.Computed) + unknown;
        var needed = parts.Where(part => computed == 0 || part.Count.Computed + part.Count.Unknown > 0).ToList();
        bool isTimed = needed.All(part => part.Time is not null);
        return new PlannedStage(kind, reused + computed, reused, computed, unknown,
            isTimed ? needed.Sum(Share) / Math.Max(1, needed.Sum(Weight)) : null,
            needed.Sum(part => part.Time?.Measured ?? 0), isTimed && needed.All(part => part.Time!.IsOfSameSettings));

        int Weight((KindCount Count, StageTime? Time) part) =>
            computed == 0 ? 1 : part.Count.Computed + part.Count.Unknown;
        double Share((KindCount Count, StageTime? Time) part) => Weight(part) * part.Time!.Seconds;
    }

    /// <param name="sample">One of the items.</param>
    private sealed class KindCount(ItemName sample)
    {
        public ItemName Sample => sample;

        public int Reused { get; private set; }

        public int Computed { get; private set; }

        public int Unknown { get; private set; }

        public void Count(Outlook outlook)
        {
            if (outlook == Outlook.Reused) Reused++;
            else if (outlook == Outlook.Computed) Computed++;
            else Unknown++;
        }
    }
}
