using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Wire;

/// <summary>What passes between the work queue, the owners of items and the workers.</summary>
internal static class QueueWire
{
    public static Protos.OfferItem Write(QueueCommand.Offer c) => new() { Item = Write(c.Item) };

    public static QueueCommand.Offer Read(Protos.OfferItem shape) => new(Read(shape.Item));

    public static Protos.SettleItem Write(QueueCommand.Settle c) => new() { Item = Write(c.Item) };

    public static QueueCommand.Settle Read(Protos.SettleItem shape) => new(Read(shape.Item));

    public static Protos.WithdrawStudy Write(QueueCommand.Withdraw c) => new() { Study = c.Study.Value };

    public static QueueCommand.Withdraw Read(Protos.WithdrawStudy shape) => new(new StudyId(shape.Study));

    public static Protos.PullItem Write(QueueCommand.Pull c) => Write(c.Worker);

    public static QueueCommand.Pull Read(Protos.PullItem shape) => new(Labels(shape));

    public static Protos.RenewLease Write(QueueCommand.Renew c) => new()
    {
        Worker = c.Worker, Item = Write(c.Item), Epoch = c.Epoch, Fraction = c.Fraction,
        Key = c.Key.Hex, MemoryShare = c.MemoryShare,
    };

    public static QueueCommand.Renew Read(Protos.RenewLease shape) =>
        new(shape.Worker, Read(shape.Item), new ContentKey(shape.Key), shape.Epoch, shape.Fraction, shape.MemoryShare);

    public static Protos.ReleaseLease Write(QueueCommand.Release c) => new()
    {
        Worker = c.Worker, Item = Write(c.Item), Epoch = c.Epoch, OutOfMemory = c.OutOfMemory,
    };

    public static QueueCommand.Release Read(Protos.ReleaseLease shape) =>
        new(shape.Worker, Read(shape.Item), shape.Epoch, shape.OutOfMemory);

    public static Protos.ItemLeased Write(QueueReply.Leased r) => new() { Item = Write(r.Item), Epoch = r.Epoch };

    public static QueueReply.Leased Read(Protos.ItemLeased shape) => new(Read(shape.Item), shape.Epoch);

    public static Protos.LeaseLost Write(QueueReply.LeaseLost r) => new() { Item = Write(r.Item), Epoch = r.Epoch };

    public static QueueReply.LeaseLost Read(Protos.LeaseLost shape) => new(Read(shape.Item), shape.Epoch);

    public static Protos.QueueLoadQuery Write(QueueQuery.Load _) => new();

    public static QueueQuery.Load Read(Protos.QueueLoadQuery _) => new();

    public static Protos.QueueLoad Write(QueueLoad load)
    {
        var shape = new Protos.QueueLoad
        {
            Ready = load.Ready, Leased = load.Leased, WaitingWorkers = load.WaitingWorkers,
        };
        shape.Workers.AddRange(load.Workers.Select(Write));
        shape.Unfit.AddRange(load.Unfit.Select(Write));
        shape.SeenClasses.AddRange(load.SeenClasses);
        return shape;
    }

    public static QueueLoad Read(Protos.QueueLoad shape) =>
        new(shape.Ready, shape.Leased, shape.WaitingWorkers, [.. shape.Workers.Select(Read)],
            [.. shape.Unfit.Select(unfit => new UnfitItems(unfit.NumericClass, unfit.StageVersion,
                [.. unfit.Studies.Select(study => new StudyId(study))]))], [.. shape.SeenClasses]);

    public static Protos.HoldingQuery Write(QueueQuery.Holding q) =>
        new() { Study = q.Study.Value, Owner = (int)q.Owner };

    public static QueueQuery.Holding Read(Protos.HoldingQuery shape) =>
        new(new StudyId(shape.Study), SharedWire.Enumeration<ItemOwner>(shape.Owner));

    public static Protos.Holding Write(QueueReply.Holding r) => new()
    {
        Study = r.Study.Value, Owner = (int)r.Owner, Count = r.Offers.Count, Fingerprint = r.Offers.Fingerprint,
    };

    public static QueueReply.Holding Read(Protos.Holding shape) => new(new StudyId(shape.Study),
        SharedWire.Enumeration<ItemOwner>(shape.Owner), new OfferTally(shape.Count, shape.Fingerprint));

    private static Protos.UnfitItems Write(UnfitItems unfit)
    {
        var shape = new Protos.UnfitItems { NumericClass = unfit.NumericClass, StageVersion = unfit.StageVersion };
        shape.Studies.AddRange(unfit.Studies.Select(study => study.Value));
        return shape;
    }

    private static Protos.WorkerLoad Write(WorkerLoad load)
    {
        var shape = new Protos.WorkerLoad
        {
            Worker = Write(load.Worker), Fraction = load.Fraction, SinceHeardTicks = load.SinceHeard.Ticks,
        };
        if (load.Item is { } item) shape.Item = Write(item);
        return shape;
    }

    private static WorkerLoad Read(Protos.WorkerLoad shape) => new(Labels(SharedWire.Present(shape.Worker, "worker")),
        shape.Item is null ? null : Read(shape.Item), shape.Fraction, new TimeSpan(shape.SinceHeardTicks));

    private static Protos.PullItem Write(WorkerLabels worker)
    {
        var shape = new Protos.PullItem
        {
            Worker = worker.Name, NumericClass = worker.NumericClass, Device = worker.Device,
            MemoryBytes = worker.MemoryBytes,
        };
        shape.StageVersions.AddRange(worker.StageVersions);
        return shape;
    }

    private static WorkerLabels Labels(Protos.PullItem shape) => new(shape.Worker, shape.NumericClass,
        [.. shape.StageVersions], shape.Device, shape.MemoryBytes);

    private static Protos.WorkItem Write(WorkItem item)
    {
        var shape = new Protos.WorkItem
        {
            Study = item.Study.Value,
            Owner = (int)item.Owner,
            Name = SharedWire.Write(item.Name),
            Key = item.Key.Hex,
            Protocol = SharedWire.Write(item.Protocol),
            NumericClass = item.NumericClass,
        };
        shape.Recipe.AddRange(item.Recipe.Select(field =>
            new Protos.KeyField { Name = field.Key, Value = field.Value }));
        shape.Inputs.AddRange(item.Inputs.Select(SharedWire.Write));
        return shape;
    }

    private static WorkItem Read(Protos.WorkItem? shape)
    {
        var item = SharedWire.Present(shape, "work item");
        return new WorkItem(new StudyId(item.Study), SharedWire.Enumeration<ItemOwner>(item.Owner),
            SharedWire.Read(item.Name), new ContentKey(item.Key),
            [.. item.Recipe.Select(field => KeyValuePair.Create(field.Name, field.Value))],
            SharedWire.Read(item.Protocol), SharedWire.Read(item.Inputs), item.NumericClass);
    }

    private static Protos.ItemId Write(ItemId id) => new() { Study = id.Study.Value, Name = SharedWire.Write(id.Name) };

    private static ItemId Read(Protos.ItemId? shape)
    {
        var id = SharedWire.Present(shape, "item id");
        return new ItemId(new StudyId(id.Study), SharedWire.Read(id.Name));
    }
}
