using System.Collections.Immutable;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Simulation;

/// <summary>One study from submission to maps, on a network, a store and workers that fail as the seed says.</summary>
public sealed class World
{
    public const string NumericClass = "cpu";
    private const int Workers = 3;
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(30);

    private readonly Dice _dice;
    private readonly Network _network;
    private readonly SimulatedStore _store = new(2);
    private readonly SimulatedWorkers _workers;
    private readonly StudyCommand.Submit _submit;
    private QueueState _queue = new(QueueRules.For(LeaseTime), 1);
    private TimeSpan _now;

    public World(ulong seed, string scope)
    {
        _dice = new Dice(seed);
        _network = new Network(_dice);
        Owners = new SimulatedOwners(_network);
        _workers = new SimulatedWorkers(_network, _store, _dice, Workers);
        var protocol = new Protocol { Training = new() { Scope = scope }, Ensemble = new() { Members = 2 } };
        _submit = new StudyCommand.Submit(new StudyId("st-1"), new StudySource("i", "b", "", ""),
            ProtocolJson.Write(protocol), NumericClass, DateTimeOffset.UnixEpoch);
    }

    public SimulatedOwners Owners { get; }

    public ImmutableArray<PublishedMap> Maps => Owners.Study.Maps;

    public bool IsPublished => Owners.Study.Phase == StudyPhase.Published && Owners.Maps.Phase == StudyPhase.Published;

    public override string ToString() => $"study {Owners.Study.Phase}, maps {Owners.Maps.Phase}";

    /// <summary>Everything goes wrong that can go wrong.</summary>
    public void Storm(int moves)
    {
        _workers.FailuresLeft = 20;
        for (int move = 0; move < moves; move++)
        {
            if (_dice.Chance(0.02)) Strike();
            else Step();
        }
        _workers.FailuresLeft = 0;
    }

    /// <summary>Nothing goes wrong any more. The moves until the maps are out and no letter is on its way.</summary>
    public int Calm(int limit)
    {
        _network.IsStormy = false;
        for (int move = 0; move < limit; move++)
        {
            if (IsPublished && _network.Count == 0) return move;
            Step();
        }
        return limit;
    }

    private void Strike()
    {
        switch (_dice.Below(6))
        {
            case 0: Owners.Restart(); break;
            case 1: _queue = new QueueState(QueueRules.For(LeaseTime), _queue.NextEpoch + 1000); break;
            case 2: _workers.Kill(_dice.Below(Workers)); break;
            case 3: _now += LeaseTime * 2; break;
            case 4: _store.LoseOne(_dice); break;
            default: AskForFiles(); break;
        }
    }

    /// <summary>Letters travel in milliseconds and clocks tick in seconds; in a storm both take long.</summary>
    private void Step()
    {
        bool isDeliveryDue = _network.IsStormy ? _dice.Chance(0.7) : _network.Count > 0;
        if (isDeliveryDue)
        {
            _now += TimeSpan.FromMilliseconds(10);
            if (_network.Take() is { } letter) Deliver(letter);
            return;
        }
        _now += TimeSpan.FromMilliseconds(500);
        switch (_dice.Below(12))
        {
            case 0: Owners.OfferAgain(); break;
            case 1: Move(_queue.Tick(_now)); break;
            case 2: Ask(); break;
            default: _workers.Move(_dice.Below(Workers)); break;
        }
    }

    /// <summary>The user submits until the study runs, and asks again for files that were not brought out.</summary>
    private void Ask()
    {
        if (Owners.Study.Phase is StudyPhase.Unknown or StudyPhase.Failed) _network.Send(Place.Study, _submit);
        else if (Owners is { Study.Phase: StudyPhase.Published, Maps.Phase: StudyPhase.Failed }) AskForFiles();
    }

    private void AskForFiles() =>
        _network.Send(Place.Aggregator, new AggregateCommand.PublishAgain(_submit.Study, Owners.Maps.Round));

    private void Deliver(Letter letter)
    {
        switch (letter.To)
        {
            case Place.Study: Owners.ReceiveAtStudy(letter.Body); break;
            case Place.Aggregator: Owners.ReceiveAtAggregator(letter.Body); break;
            case Place.Workers: _workers.Receive(letter.Body); break;
            default: ReceiveAtQueue(letter.Body); break;
        }
    }

    private void ReceiveAtQueue(object message)
    {
        if (message is QueueCommand command) Move(_queue.Handle(command, _now));
    }

    private void Move(QueueTurn turn)
    {
        _queue = turn.Next;
        foreach (var outcome in turn.Outcomes)
        {
            switch (outcome)
            {
                case QueueOutcome.Granted { Lease: var lease }:
                    _network.Send(Place.Workers, (lease.Worker, new QueueReply.Leased(lease.Item, lease.Epoch)));
                    break;
                case QueueOutcome.Refused no:
                    _network.Send(Place.Workers, (no.Worker, new QueueReply.LeaseLost(no.Item, no.Epoch)));
                    break;
                case QueueOutcome.Lost { Lease: var lost }:
                    _network.Send(Place.Workers, (lost.Worker, new QueueReply.LeaseLost(lost.Item.Id, lost.Epoch)));
                    break;
            }
        }
    }
}
