using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Wire;

/// <summary>What workers report to the owners of items.</summary>
internal static class ItemReportsWire
{
    public static Protos.ItemFinished Write(ItemReport.Finished r) => new()
    {
        Study = r.Study.Value,
        Item = SharedWire.Write(r.Item),
        Key = r.Key.Hex,
        Result = SharedWire.Write(r.Result),
    };

    public static ItemReport.Finished Read(Protos.ItemFinished shape) => new(new StudyId(shape.Study),
        SharedWire.Read(shape.Item), new ContentKey(shape.Key), SharedWire.Read(shape.Result));

    public static Protos.ItemFailed Write(ItemReport.Failed r) => new()
    {
        Study = r.Study.Value,
        Item = SharedWire.Write(r.Item),
        Key = r.Key.Hex,
        Worker = r.Worker,
        Epoch = r.Epoch,
        Failure = SharedWire.Write(r.Failure),
    };

    public static ItemReport.Failed Read(Protos.ItemFailed shape) => new(new StudyId(shape.Study),
        SharedWire.Read(shape.Item), new ContentKey(shape.Key), shape.Worker, shape.Epoch,
        SharedWire.Read(shape.Failure));

    public static Protos.ItemReceipt Write(ItemReceipt r) => new() { Study = r.Study.Value, Key = r.Key.Hex };

    public static ItemReceipt Read(Protos.ItemReceipt shape) =>
        new(new StudyId(shape.Study), new ContentKey(shape.Key));
}
