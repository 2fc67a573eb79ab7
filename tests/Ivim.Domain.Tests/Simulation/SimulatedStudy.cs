using Ivim.Domain.Aggregation;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Simulation;

/// <summary>What is submitted.</summary>
internal sealed record StudyKind(string Source, string Scope, string NumericClass, bool HasStart, bool HasPolish);

/// <summary>A study with its journals, its aggregator and the user who wants its maps.</summary>
internal sealed class SimulatedStudy
{
    private readonly World _world;
    private readonly StudyCommand.Submit _submit;
    private bool _isDoubted, _isAllowed;

    public SimulatedStudy(World world, StudyKind kind, bool isPoison)
    {
        (_world, Kind, IsPoison) = (world, kind, isPoison);
        Id = new StudyId("st-" + kind.Source);
        var protocol = new Protocol
        {
            Training = new() { Scope = kind.Scope, StartSteps = kind.HasStart ? 100 : 0 },
            Ensemble = new() { Members = 2 },
            Polish = new() { Method = kind.HasPolish ? PolishRules.Guided : PolishRules.None },
        };
        _submit = new StudyCommand.Submit(Id, new StudySource(kind.Source, "b", "", ""), ProtocolJson.Write(protocol),
            kind.NumericClass, world.Time.Wall);
        StudyCheck = new JournalCheck<StudyEvent>(world, this);
        MapsCheck = new JournalCheck<AggregateEvent>(world, this);
        StudyJournal = new Journal<StudyEvent>(world, world.Rules.IsJournalFenced, StudyCheck);
        MapsJournal = new Journal<AggregateEvent>(world, world.Rules.IsJournalFenced, MapsCheck);
        StudyHome = new OwnerHome(world, place => Begin(new StudyOwner(world, this) { Place = place }));
        MapsHome = new OwnerHome(world, place => Begin(new MapsOwner(world, this) { Place = place }));
    }

    public StudyKind Kind { get; }

    /// <summary>Whether an item of it kills the process that works on it.</summary>
    public bool IsPoison { get; }

    public StudyId Id { get; }

    public Journal<StudyEvent> StudyJournal { get; }

    public Journal<AggregateEvent> MapsJournal { get; }

    public JournalCheck<StudyEvent> StudyCheck { get; }

    public JournalCheck<AggregateEvent> MapsCheck { get; }

    public OwnerHome StudyHome { get; }

    public OwnerHome MapsHome { get; }

    /// <summary>The phases as the journals tell them at the moment.</summary>
    public StudyPhase Phase { get; private set; }

    public StudyPhase MapsPhase { get; private set; }

    public int Round { get; private set; }

    /// <summary>The poison is found, or the maps are out.</summary>
    public bool IsDone => IsQuarantined
        || (IsPoison ? IsGivenUp : Phase == StudyPhase.Published && MapsPhase == StudyPhase.Published);

    /// <summary>Two results of one key were found, so that only a person may decide what becomes of it.</summary>
    public bool IsQuarantined => _isDoubted && Phase != StudyPhase.Running;

    /// <summary>Why it failed last.</summary>
    public string FailureCode { get; private set; } = "";

    private bool IsGivenUp => IsPoison && Phase == StudyPhase.Failed && Blame.IsOfWorkers(FailureCode);

    public StudyState StudyState => Fold(StudyState.Unborn, StudyJournal.Events, (state, fact) => state.Apply(fact));

    public AggregateState MapsState =>
        Fold(AggregateState.Unborn, MapsJournal.Events, (state, fact) => state.Apply(fact));

    public OwnerHome HomeOf(ItemOwner owner) => owner == ItemOwner.Study ? StudyHome : MapsHome;

    public void Start()
    {
        StudyHome.Start();
        MapsHome.Start();
        Ask();
    }

    public void Take(object fact)
    {
        Watch(fact);
        (Phase, MapsPhase) = (fact switch
        {
            StudyEvent.Submitted or StudyEvent.Reopened or StudyEvent.ResultLost => StudyPhase.Running,
            StudyEvent.Failed => StudyPhase.Failed,
            StudyEvent.Cancelled => StudyPhase.Cancelled,
            StudyEvent.Published => StudyPhase.Published,
            _ => Phase,
        }, fact switch
        {
            AggregateEvent.Opened or AggregateEvent.Reopened or AggregateEvent.PublicationWanted => StudyPhase.Running,
            AggregateEvent.Failed => StudyPhase.Failed,
            AggregateEvent.Cancelled => StudyPhase.Cancelled,
            AggregateEvent.Published => StudyPhase.Published,
            _ => MapsPhase,
        });
        if (fact is StudyEvent.Failed failed) FailureCode = failed.Failure.Code;
        if (fact is AggregateEvent.Opened) Round = Math.Max(Round, 1);
        if (fact is AggregateEvent.PublicationWanted wanted) Round = wanted.Round;
    }

    /// <summary>No maps come out that a cancelled study has not allowed; no doubted study goes on (I10).</summary>
    private void Watch(object fact)
    {
        if (fact is StudyEvent.PublicationAllowed && Phase == StudyPhase.Cancelled)
            _world.Violate("I10", $"{Id} is cancelled and allows its publication");
        if (fact is AggregateEvent.Published && !_isAllowed)
            _world.Violate("I10", $"{Id} is published and was not asked");
        if (fact is StudyEvent.Reopened && Phase == StudyPhase.Failed && FailureCode == "HASH-MISMATCH")
            _world.Violate("I10", $"{Id} goes on with one of two results");
        // a worker may be writing what was allowed before a cancellation, and its word be late
        if (fact is StudyEvent.PublicationAllowed) _isAllowed = true;
        if (fact is AggregateEvent.PublicationWanted) _isAllowed = false;
        _isDoubted |= fact is StudyEvent.ResultDoubted or AggregateEvent.ResultDoubted
            || Failures.IsMismatch((fact as StudyEvent.Failed)?.Failure)
            || Failures.IsMismatch((fact as AggregateEvent.Failed)?.Failure);
    }

    public void Cancel() => StudyHome.Tell(0, new StudyCommand.Cancel(Id, _world.Time.Wall));

    /// <summary>The round is the last that the user saw: perhaps not the last.</summary>
    public void AskForFiles() =>
        MapsHome.Tell(0, new AggregateCommand.PublishAgain(Id, Math.Max(1, Round - _world.Dice.Below(2))));

    /// <summary>
    /// The user gives the same command until the maps are there, and leaves alone a study that was found to be poison.
    /// </summary>
    /// <remarks>
    /// Even while the study runs: an incarnation that is behind its journal, and thinks that all is over, learns it by
    /// the write that this makes it try.
    /// </remarks>
    private void Ask()
    {
        if (!IsDone)
        {
            StudyHome.Tell(0, _submit);
            if (Phase == StudyPhase.Published) AskForFiles();
        }
        _world.Time.After(TimeSpan.FromSeconds(6), Ask);
    }

    private static JournaledOwner<TEvent> Begin<TEvent>(JournaledOwner<TEvent> owner)
        where TEvent : class
    {
        owner.Recover();
        return owner;
    }

    private static TState Fold<TState, TEvent>(TState state, IReadOnlyList<TEvent> facts,
        Func<TState, TEvent, TState> apply)
    {
        foreach (var fact in facts) state = apply(state, fact);
        return state;
    }
}
