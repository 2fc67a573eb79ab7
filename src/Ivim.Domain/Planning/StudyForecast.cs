using System.Collections.Immutable;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Planning;

/// <summary>
/// What a submission would reuse and what it would compute: the study and its aggregator themselves, gone through in
/// memory with the results that are kept. Pure but for what it looks up.
/// </summary>
public sealed class StudyForecast
{
    private const string Worker = "forecast";

    private readonly IKnownResults _known;
    private readonly Dictionary<ItemName, WorkItem> _computed = [];
    private readonly HashSet<(ContentKey Key, bool IsWhole)> _reported = [];
    private readonly HashSet<string> _lost = [];
    private StudyState _study;
    private AggregateState _maps;
    private long _reports;

    private StudyForecast(StudyState study, AggregateState maps, IKnownResults known) =>
        (_study, _maps, _known) = (study, maps, known);

    /// <param name="study">As the journal tells it; <see cref="StudyState.Unborn"/> where it knows none.</param>
    /// <param name="slabCount">Asked for where no preparation is known.</param>
    /// <param name="isDelivered">Whether the destination holds these maps; asked of a study that is published.</param>
    /// <returns>Every item in the order in which it is wanted; none where the study is quarantined.</returns>
    public static ImmutableArray<ForecastItem> Of(StudyCommand.Submit submission, StudyState study,
        AggregateState maps, IKnownResults known, Func<int> slabCount,
        Func<ImmutableArray<PublishedMap>, bool> isDelivered)
    {
        if ((study.Quarantine ?? maps.Quarantine) is not null) return [];
        var forecast = new StudyForecast(study, maps, known);
        forecast.Submit(submission, isDelivered);
        while (forecast.Advance())
        {
        }
        return forecast.Items(slabCount);
    }

    private void Submit(StudyCommand.Submit submission, Func<ImmutableArray<PublishedMap>, bool> isDelivered)
    {
        bool isUndelivered = _study.Phase == StudyPhase.Published
            && (_maps.Phase == StudyPhase.Failed
                || _maps.Phase == StudyPhase.Published && !isDelivered(_study.Maps));
        Tell(_study.Decide(submission));
        if (isUndelivered) Tell(_maps.Decide(new AggregateCommand.PublishAgain(_study.Id, _maps.Round)));
        else if (_maps.Phase == StudyPhase.Failed) Tell(_maps.Decide(new AggregateCommand.Reopen(_study.Id)));
    }

    /// <summary>One round: what is ready is found or counted as computed, and the aggregator hears of it.</summary>
    private bool Advance()
    {
        bool moved = false;
        foreach (var item in StudyPlan.Ready(_study).ToList()) moved |= Take(item);
        HandOver();
        foreach (var item in AggregatePlan.Ready(_maps).ToList()) moved |= Take(item);
        return moved;
    }

    /// <returns>Whether anything has changed that another item may have waited for.</returns>
    private bool Take(WorkItem item)
    {
        var known = _known.Find(item.Key);
        bool isWhole = known is { IsWhole: true }
            && !known.Result.Outputs.Any(output => _lost.Contains(output.Artifact.Sha256));
        if (!_reported.Add((item.Key, isWhole))) return false;
        if (!isWhole && LosesInputs(item)) return _reported.Remove((item.Key, isWhole));
        if (!isWhole) _computed[item.Name] = item;
        if (known is null) return true;
        Report(item, new ItemReport.Finished(item.Study, item.Name, item.Key, known.Result with { Reused = isWhole }));
        return true;
    }

    /// <summary>As the worker would find when it reads them.</summary>
    private bool LosesInputs(WorkItem item)
    {
        bool isAny = false;
        foreach (var artifact in item.Inputs.Select(input => input.Artifact))
        {
            if (_lost.Contains(artifact.Sha256) || _known.IsReadable(artifact)) continue;
            _lost.Add(artifact.Sha256);
            isAny = true;
            Report(item, new ItemReport.Failed(item.Study, item.Name, item.Key, Worker, ++_reports,
                new WorkFailure(FailureClass.LostInput, "ARTIFACT-LOST", "", artifact.Sha256)));
            if (item.Owner == ItemOwner.Aggregator)
                Tell(_study.Decide(new StudyCommand.RecordLoss(item.Study, artifact.Sha256)));
        }
        return isAny;
    }

    private void HandOver()
    {
        if (_study.Phase != StudyPhase.Running) return;
        if (_study.InputFrom(ItemName.Prepare, StudyPlan.Frame, StudyPlan.Frame) is not { } frame) return;
        Tell(_maps.Decide(new AggregateCommand.Open(_study.Id, _study.ProtocolDocument, _study.NumericClass, frame,
            _study.SlabCount, _study.Reopenings)));
        for (int slab = 0; slab < _study.SlabCount; slab++)
            if (_study.MembersOf(slab) is { } members)
                Tell(_maps.Decide(new AggregateCommand.MergeSlab(_study.Id, slab, members)));
    }

    private ImmutableArray<ForecastItem> Items(Func<int> slabCount)
    {
        int slabs = _study.SlabCount > 0 ? _study.SlabCount : slabCount();
        return
        [
            .. StudyPlan.Items(_study.Protocol, slabs).Select(name => Item(name, _study.Ledger)),
            .. AggregatePlan.Items(_study.Protocol, slabs).Select(name => Item(name, _maps.Ledger)),
        ];
    }

    private ForecastItem Item(ItemName name, ItemLedger ledger)
    {
        if (_computed.TryGetValue(name, out var work)) return new ForecastItem(name, Outlook.Computed, work);
        return ledger.Results.ContainsKey(name)
            ? new ForecastItem(name, Outlook.Reused, StudyPlan.ItemOf(_study, name) ?? MapsItem(name))
            : new ForecastItem(name, Outlook.Unknown, null);
    }

    private WorkItem? MapsItem(ItemName name) => AggregatePlan.ItemOf(_maps, name);

    private void Report(WorkItem item, ItemReport report)
    {
        if (item.Owner == ItemOwner.Study) Tell(_study.Decide(report));
        else Tell(_maps.Decide(report));
    }

    private void Tell(Decision<StudyEvent> decision)
    {
        if (decision is Decision<StudyEvent>.Accepted yes)
            foreach (var fact in yes.Events) _study = _study.Apply(fact);
    }

    private void Tell(Decision<AggregateEvent> decision)
    {
        if (decision is Decision<AggregateEvent>.Accepted yes)
            foreach (var fact in yes.Events) _maps = _maps.Apply(fact);
    }
}
