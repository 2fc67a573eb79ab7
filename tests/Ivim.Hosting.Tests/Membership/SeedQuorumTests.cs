using System.Collections.Immutable;
using Ivim.Hosting.Membership;

namespace Ivim.Hosting.Tests.Membership;

/// <summary>The table of cases. `A` to `D` are seeds, `w` and `x` workers; this node is the first one named.</summary>
/// <remarks>After a name: `-` unreachable, `~` unreachable but heard of, `j` joining, `!` downed already.</remarks>
public sealed class SeedQuorumTests
{
    [Theory]
    // Nothing is lost.
    [InlineData("A", "nothing")]
    [InlineData("A B C w x", "nothing")]
    // A sole seed keeps on, whatever happens to its workers.
    [InlineData("A w-", "down w")]
    [InlineData("A w- x-", "down w x")]
    // Two seeds: only the database can tell a death from a cut.
    [InlineData("A B-", "arbitrate B")]
    [InlineData("B A-", "arbitrate A")]
    [InlineData("B A- w x-", "arbitrate A x")]
    [InlineData("A B w- x-", "down w x")]
    // Three seeds: two beat one.
    [InlineData("A B C-", "down C")]
    [InlineData("A B- C w-", "down B w")]
    [InlineData("A B- C- w", "down self")]
    [InlineData("A B- C- w-", "down self")]
    // Four in halves.
    [InlineData("A B C- D-", "arbitrate C D")]
    [InlineData("C D A- B-", "arbitrate A B")]
    // A joining seed has no vote, but blocks the others while it is unreachable.
    [InlineData("A Bj-", "down B")]
    [InlineData("A B Cj- w-", "down C w")]
    [InlineData("Bj A-", "down self")]
    [InlineData("Aj wj-", "nothing")]
    // What is downed already, or on its way out, is not downed again.
    [InlineData("A B!- w", "nothing")]
    // Two of three miss each other, and the third hears both: the first by address stays, for each of the three.
    [InlineData("C A~ B~", "down B")]
    [InlineData("A B~ C", "down B")]
    [InlineData("B A~ C", "nothing")]
    // Two that miss each other, with a worker that hears both.
    [InlineData("A B~ w", "down B")]
    [InlineData("B A~ w", "nothing")]
    public void A_seed_decides(string view, string decision) =>
        Assert.Equal(decision, Text(SeedQuorum.Decide(View(view), _ => Absence.Lasting), view));

    [Fact]
    public void Workers_that_only_just_went_get_their_time()
    {
        Assert.Equal("down w", Decided("A B w- x-", "x", Absence.Brief));
        Assert.Equal("nothing", Decided("A w-", "w", Absence.Brief));
    }

    [Fact]
    public void A_seed_that_nobody_but_itself_finds_well_is_given_up_in_the_end()
    {
        Assert.Equal("nothing", Decided("C A~ B", "A", Absence.Lasting));
        Assert.Equal("down A", Decided("C A~ B", "A", Absence.Endless));
    }

    [Fact]
    public void Both_halves_name_the_same_ballot_and_different_sides()
    {
        var left = Assert.IsType<SeedDecision.Arbitrate>(SeedQuorum.Decide(View("A B- w"), _ => Absence.Lasting));
        var right = Assert.IsType<SeedDecision.Arbitrate>(SeedQuorum.Decide(View("B A- w-"), _ => Absence.Lasting));
        Assert.Equal(left.Ballot, right.Ballot);
        Assert.NotEqual(left.Side, right.Side);
    }

    internal static SeedView View(string text)
    {
        var words = text.Split(' ');
        return new SeedView(words[0][..1], [.. words.Select(word => new NodeView(word[..1],
            Votes: char.IsUpper(word[0]) && !word.Contains('j') && !word.Contains('!'),
            IsReachable: !word.Contains('-') && !word.Contains('~'), IsHeard: word.Contains('~'),
            MayBeDowned: !word.Contains('!')))]);
    }

    private static string Decided(string view, string node, Absence absence) =>
        Text(SeedQuorum.Decide(View(view), other => other == node ? absence : Absence.Lasting), view);

    private static string Text(SeedDecision decision, string view) => decision switch
    {
        SeedDecision.Nothing => "nothing",
        SeedDecision.DownSelf => "down self",
        SeedDecision.Down down => "down " + Names(down.Nodes),
        SeedDecision.Arbitrate tie => "arbitrate " + Names(tie.Nodes),
        _ => view,
    };

    private static string Names(ImmutableArray<string> nodes) => string.Join(' ', nodes);
}
