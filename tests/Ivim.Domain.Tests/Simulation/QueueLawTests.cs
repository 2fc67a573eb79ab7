using CsCheck;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Simulation;

/// <summary>Laws of the queue under any words in any order, sensible or not.</summary>
public sealed class QueueLawTests
{
    private const int Items = 4, Workers = 6;

    private static readonly Gen<(int Word, int Item, int Worker, int Epoch, double Seconds)[]> Words = Gen.Select(
        Gen.Int[0, 6], Gen.Int[0, Items - 1], Gen.Int[0, Workers - 1], Gen.Int[0, 40], Gen.Double[0, 20])
        .Array[0, 80];

    [Fact]
    public void An_item_has_one_holder_and_at_most_one_of_another_process_beside_it() => Words.Sample(words =>
        Play(words, (queue, _) =>
        {
            foreach (var (item, hedge) in queue.Hedges)
            {
                if (!queue.Leases.TryGetValue(item, out var first)) return false;
                if (WorkerLabels.NodeOf(first.Worker) == WorkerLabels.NodeOf(hedge.Worker)) return false;
            }
            var holders = queue.Leases.Values.Concat(queue.Hedges.Values).Select(lease => lease.Worker).ToList();
            return holders.Distinct().Count() == holders.Count
                && !queue.Ready.Keys.Any(key => queue.Leases.ContainsKey(key.Id));
        }), iter: 2_000);

    [Fact]
    public void A_settled_item_is_granted_to_nobody_until_it_is_offered_again() => Words.Sample(words =>
    {
        var settled = new HashSet<ItemId>();
        return Play(words, (queue, turn) =>
            !turn.Any(outcome => outcome is QueueOutcome.Granted { Lease.Item.Id: var id } && settled.Contains(id)
                || outcome is QueueOutcome.Adopted { Lease.Item.Id: var other } && settled.Contains(other)),
            command =>
            {
                if (command is QueueCommand.Settle settle) settled.Add(settle.Item);
                if (command is QueueCommand.Offer offer) settled.Remove(offer.Item.Id);
            });
    }, iter: 2_000);

    private static bool Play((int Word, int Item, int Worker, int Epoch, double Seconds)[] words,
        Func<QueueState, IReadOnlyList<QueueOutcome>, bool> holds, Action<QueueCommand>? hear = null)
    {
        var queue = new QueueState(QueueRules.For(Given.LeaseTime), 1);
        var now = TimeSpan.Zero;
        foreach (var word in words)
        {
            now += TimeSpan.FromSeconds(word.Seconds);
            var command = CommandOf(word);
            if (command is not null) hear?.Invoke(command);
            var turn = command is null ? queue.Tick(now) : queue.Handle(command, now);
            queue = turn.Next;
            if (!holds(queue, turn.Outcomes)) return false;
        }
        return true;
    }

    private static QueueCommand? CommandOf((int Word, int Item, int Worker, int Epoch, double Seconds) word)
    {
        var item = Given.QueueItem(0, word.Item * 2);
        var worker = Given.Worker($"n{word.Worker / 2 * 2}-{word.Worker % 2}");
        return word.Word switch
        {
            0 => new QueueCommand.Offer(item),
            1 or 2 => new QueueCommand.Pull(worker),
            3 => new QueueCommand.Renew(worker.Name, item.Id, item.Key, word.Epoch, word.Seconds / 20, 0),
            4 => new QueueCommand.Release(worker.Name, item.Id, word.Epoch),
            5 => new QueueCommand.Settle(item.Id),
            _ => null,
        };
    }
}
