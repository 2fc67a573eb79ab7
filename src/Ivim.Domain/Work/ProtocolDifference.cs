using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;

namespace Ivim.Domain.Work;

/// <summary>What two protocols differ in, and which items of a study each difference makes run again. Pure.</summary>
public sealed record ProtocolDifference
{
    /// <summary>In the order of the document.</summary>
    public required ImmutableArray<FieldDifference> Fields { get; init; }

    /// <summary>
    /// The kinds of items that a change from the one protocol to the other can make run again, those included whose
    /// inputs come out otherwise; in the order in which they run. Empty where the protocols are the same.
    /// </summary>
    public required ImmutableArray<string> RunsAgain { get; init; }

    /// <summary>
    /// Networks that are only in the second protocol; without any other change nothing else is trained.
    /// </summary>
    public required int MembersAdded { get; init; }

    public static ProtocolDifference Between(Protocol first, Protocol second)
    {
        var (before, after) = (Leaves(first), Leaves(second));
        ImmutableArray<FieldDifference> fields =
        [
            .. before.Where(leaf => after[leaf.Key] != leaf.Value).Select(leaf => new FieldDifference(
                leaf.Key, leaf.Value, after[leaf.Key], Keys.ThatChange(first, With(first, leaf.Key, after[leaf.Key])))),
        ];
        int added = first.Learns && second.Learns ? Math.Max(0, second.MemberCount - first.MemberCount) : 0;
        return new ProtocolDifference
        {
            Fields = fields,
            MembersAdded = added,
            RunsAgain = fields.IsEmpty ? [] : Closure(first, second, added),
        };
    }

    private static ImmutableArray<string> Closure(Protocol first, Protocol second, int added)
    {
        var changed = Keys.ThatChange(first, second).ToHashSet();
        if (first.MemberCount != second.MemberCount) changed.Add(Keys.Merge);
        if (added > 0) changed.UnionWith([Keys.Start, Keys.Training, Keys.Maps]);
        // A chain: what comes before is the input of what comes after. The files name the protocol: they always change.
        bool reached = false;
        bool Runs(string kind) => reached |= changed.Contains(kind);
        // All that a start reads of the preparation is the b-value table, which follows from the input's rules.
        if (first.Input != second.Input) changed.Add(Keys.Start);
        return
        [
            .. Keys.InOrder.Where(kind => kind switch
            {
                Keys.Start => second.TrainsStart && changed.Contains(kind) && Runs(kind),
                Keys.Training => Runs(kind) && second.TrainsStudy,
                Keys.Polish => Runs(kind) && second.Polishes,
                Keys.Assemble or Keys.Publish => true,
                _ => Runs(kind),
            }),
        ];
    }

    private static Dictionary<string, string> Leaves(Protocol protocol) =>
        new(Flatten("", Tree(protocol)), StringComparer.Ordinal);

    private static JsonObject Tree(Protocol protocol) => JsonNode.Parse(ProtocolJson.Write(protocol))!.AsObject();

    private static IEnumerable<KeyValuePair<string, string>> Flatten(string path, JsonNode? node) =>
        node is JsonObject fields
            ? fields.SelectMany(field => Flatten(path.Length == 0 ? field.Key : $"{path}.{field.Key}", field.Value))
            : [new(path, node?.ToJsonString() ?? "null")];

    /// <remarks>Not checked: one of two changes that only go together may be out of range by itself.</remarks>
    private static Protocol With(Protocol protocol, string field, string json)
    {
        var tree = Tree(protocol);
        string[] names = field.Split('.');
        names[..^1].Aggregate(tree, (node, name) => node[name]!.AsObject())[names[^1]] = JsonNode.Parse(json);
        return ProtocolJson.ReadUnchecked(tree.ToJsonString());
    }

    /// <summary>Kinds of items, as docs/protocol.md calls them, and whose keys two protocols do not share.</summary>
    private static class Keys
    {
        public const string Prepare = "prepare", Start = "start", Training = "training", Maps = "maps", Merge = "merge",
            Polish = "polish", Assemble = "assemble", Publish = "publish";

        public static readonly ImmutableArray<string> InOrder =
            [Prepare, Start, Training, Maps, Merge, Polish, Assemble, Publish];

        private const string NumericClass = "any";

        private static readonly ImmutableArray<WorkInput> Inputs =
            [new("input", new ArtifactRef("any", 1), new ContentKey("any"))];

        private static readonly StudySource Source = new("image", "bvalues", "bvectors", "mask");

        public static ImmutableArray<string> ThatChange(Protocol first, Protocol second)
        {
            var (before, after) = (Of(first), Of(second));
            return [.. after.Where(key => before.GetValueOrDefault(key.Key) != key.Value).Select(key => key.Key)];
        }

        private static Dictionary<string, ContentKey> Of(Protocol protocol)
        {
            var keys = new Dictionary<string, ContentKey>
            {
                [Prepare] = ItemRecipes.Prepare(protocol, Source, NumericClass).ToKey(),
            };
            if (protocol.TrainsStart)
                keys[Start] = ItemRecipes.Start(protocol, 0, Inputs[0], NumericClass).ToKey();
            if (protocol.TrainsStudy)
                keys[Training] = ItemRecipes.Weights(protocol, 0, Inputs, NumericClass).ToKey();
            keys[Maps] = ItemRecipes.Maps(protocol, 0, 0, Inputs, NumericClass).ToKey();
            keys[Merge] = ItemRecipes.Merge(protocol, Inputs, NumericClass).ToKey();
            if (protocol.Polishes) keys[Polish] = ItemRecipes.Polish(protocol, Inputs, NumericClass).ToKey();
            return keys;
        }
    }
}

/// <summary>One field with two values.</summary>
/// <param name="Name">Its path in the document, `ensemble.members`.</param>
/// <param name="First">As JSON.</param>
/// <param name="RunsAgain">The kinds of items whose content keys hold it; the assembly's, which hold all, left out.
/// </param>
public sealed record FieldDifference(string Name, string First, string Second, ImmutableArray<string> RunsAgain);
