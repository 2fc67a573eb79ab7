using System.Collections.Immutable;
using Google.Protobuf.Collections;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Wire;

/// <summary>Values that several messages carry.</summary>
internal static class SharedWire
{
    public static Protos.ArtifactRef Write(ArtifactRef artifact) =>
        new() { Sha256 = artifact.Sha256, Bytes = artifact.Bytes };

    public static ArtifactRef Read(Protos.ArtifactRef? shape) => shape is null ? throw Lacks("artifact")
        : new ArtifactRef(shape.Sha256, shape.Bytes);

    public static Protos.NamedArtifact Write(NamedArtifact output) =>
        new() { Name = output.Name, Artifact = Write(output.Artifact) };

    public static NamedArtifact Read(Protos.NamedArtifact shape) => new(shape.Name, Read(shape.Artifact));

    public static Protos.WorkInput Write(WorkInput input) => new()
    {
        Name = input.Name, Artifact = Write(input.Artifact), ProducedBy = input.ProducedBy.Hex,
    };

    public static WorkInput Read(Protos.WorkInput? shape) => shape is null ? throw Lacks("input")
        : new WorkInput(shape.Name, Read(shape.Artifact), new ContentKey(shape.ProducedBy));

    public static Protos.ItemName Write(ItemName item) => new()
    {
        Stage = (int)item.Stage, Slab = item.Slab, Member = item.Member,
    };

    public static ItemName Read(Protos.ItemName? shape) => shape is null ? throw Lacks("item name")
        : new ItemName(Enumeration<Stage>(shape.Stage), shape.Slab, shape.Member);

    public static Protos.WorkResult Write(WorkResult result)
    {
        var shape = new Protos.WorkResult { Reused = result.Reused };
        shape.Outputs.AddRange(result.Outputs.Select(Write));
        shape.Notes.AddRange(result.Notes);
        return shape;
    }

    public static WorkResult Read(Protos.WorkResult? shape) => shape is null ? throw Lacks("result")
        : new WorkResult([.. shape.Outputs.Select(Read)], [.. shape.Notes], shape.Reused);

    public static Protos.WorkFailure Write(WorkFailure failure)
    {
        var shape = new Protos.WorkFailure { Class = (int)failure.Class, Code = failure.Code,
            Message = failure.Message };
        if (failure.LostArtifact is { } lost) shape.LostArtifact = lost;
        if (failure.Fraction is { } fraction) shape.Fraction = fraction;
        return shape;
    }

    public static WorkFailure Read(Protos.WorkFailure? shape) => ReadOptional(shape) ?? throw Lacks("failure");

    /// <summary>A failure that a progress may go without.</summary>
    public static WorkFailure? ReadOptional(Protos.WorkFailure? shape) => shape is null ? null
        : new WorkFailure(Enumeration<FailureClass>(shape.Class), shape.Code, shape.Message,
            shape.HasLostArtifact ? shape.LostArtifact : null, shape.HasFraction ? shape.Fraction : null);

    public static Protos.Attempt Attempt(ItemName item, string worker, long epoch, WorkFailure failure) => new()
    {
        Item = Write(item), Worker = worker, Epoch = epoch, Failure = Write(failure),
    };

    public static Protos.FailedItem Failed(ItemName item, WorkFailure failure) =>
        new() { Item = Write(item), Failure = Write(failure) };

    public static Protos.FailedItem Write(DoubtedItem doubt) => Failed(doubt.Item, doubt.Failure);

    public static DoubtedItem ReadDoubt(Protos.FailedItem? shape)
    {
        var doubt = Present(shape, "doubted item");
        return new DoubtedItem(Read(doubt.Item), Read(doubt.Failure));
    }

    public static Protos.PublishedMap Write(PublishedMap map) => new()
    {
        Parameter = map.Parameter, VoxelSha256 = map.VoxelSha256,
    };

    public static ImmutableArray<PublishedMap> Read(RepeatedField<Protos.PublishedMap> shapes) =>
        [.. shapes.Select(map => new PublishedMap(map.Parameter, map.VoxelSha256))];

    public static Protos.StageCount Write(StageCount count) => new()
    {
        Stage = (int)count.Stage, Total = count.Total, Done = count.Done, Reused = count.Reused,
    };

    public static ImmutableArray<StageCount> Read(RepeatedField<Protos.StageCount> shapes) =>
        [.. shapes.Select(count =>
            new StageCount(Enumeration<Stage>(count.Stage), count.Total, count.Done, count.Reused))];

    public static ImmutableArray<WorkInput> Read(RepeatedField<Protos.WorkInput> shapes) => [.. shapes.Select(Read)];

    /// <exception cref="WireException">A number that this release does not know.</exception>
    public static T Enumeration<T>(int number) where T : struct, Enum
    {
        var value = (T)Enum.ToObject(typeof(T), number);
        return Enum.IsDefined(value)
            ? value : throw new WireException($"{number} is no {typeof(T).Name} of this release");
    }

    public static T Present<T>(T? part, string name) where T : class => part ?? throw Lacks(name);

    private static WireException Lacks(string part) => new($"a message without its {part}");
}
