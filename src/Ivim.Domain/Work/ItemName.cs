using System.Globalization;

namespace Ivim.Domain.Work;

/// <summary>Which item of a study: its stage, and the slab and member where it has them (-1 where not).</summary>
public readonly record struct ItemName(Stage Stage, int Slab, int Member) : IComparable<ItemName>
{
    public const int None = -1;

    private const int MostDigits = 12;

    public static ItemName Prepare { get; } = new(Stage.Prepare, None, None);

    public static ItemName Polish { get; } = new(Stage.Polish, None, None);

    public static ItemName Assemble { get; } = new(Stage.Assemble, None, None);

    public static ItemName Publish { get; } = new(Stage.Publish, None, None);

    /// <summary>The training of a member on simulated signals of the study's b-value table.</summary>
    public static ItemName Start(int member) => new(Stage.Start, None, member);

    /// <summary>The training of a member on the whole study.</summary>
    public static ItemName Weights(int member) => new(Stage.Train, None, member);

    /// <summary>The maps of one member on one slab.</summary>
    public static ItemName Maps(int slab, int member) => new(Stage.Train, slab, member);

    public static ItemName Merge(int slab) => new(Stage.Merge, slab, None);

    public bool IsWeights => Stage == Stage.Train && Slab == None;

    /// <summary>For example `train/slab-003/member-02`.</summary>
    public override string ToString()
    {
        var text = Stages.NameOf(Stage);
        if (Slab != None) text += "/slab-" + Slab.ToString("D3", CultureInfo.InvariantCulture);
        if (Member != None) text += "/member-" + Member.ToString("D2", CultureInfo.InvariantCulture);
        return text;
    }

    /// <summary>The item of a text as <see cref="ToString"/> writes it; null where it is none.</summary>
    public static ItemName? Parse(string text)
    {
        string[] parts = text.Split('/');
        foreach (var stage in Stages.InOrder.Where(stage => Stages.NameOf(stage) == parts[0]))
        {
            var name = new ItemName(stage, NumberOf(parts, "slab-"), NumberOf(parts, "member-"));
            return name.ToString() == text ? name : null;
        }
        return null;
    }

    private static int NumberOf(string[] parts, string label)
    {
        var part = Array.Find(parts, part => part.StartsWith(label, StringComparison.Ordinal));
        return part is { Length: <= MostDigits }
            && int.TryParse(part.AsSpan(label.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number : None;
    }

    public int CompareTo(ItemName other) => (Stage, Slab, Member).CompareTo((other.Stage, other.Slab, other.Member));
}
