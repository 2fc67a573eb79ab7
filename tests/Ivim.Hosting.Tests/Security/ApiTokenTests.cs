using Ivim.Hosting.Security;
using Ivim.Physics;

namespace Ivim.Hosting.Tests.Security;

public sealed class ApiTokenTests
{
    private const string Secret = "0123456789abcdef";

    [Fact]
    public void The_token_itself_matches_and_nothing_else()
    {
        var token = ApiToken.FromText(Secret);
        Assert.True(token.Matches(Secret));
        Assert.All(["", null, Secret + "0", Secret[1..], Secret.ToUpperInvariant(), Secret + "\0"],
            other => Assert.False(token.Matches(other)));
    }

    [Fact]
    public void A_header_needs_the_bearer_scheme()
    {
        var token = ApiToken.FromText(Secret);
        Assert.True(token.MatchesHeader("Bearer " + Secret));
        Assert.True(token.MatchesHeader("bearer " + Secret));
        Assert.All(["Bearer", "Bearer ", "Basic " + Secret, Secret, "", null, $"Bearer {Secret} x"],
            other => Assert.False(token.MatchesHeader(other)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcde")]
    [InlineData("   0123456789abcde   ")]
    public void Fewer_than_16_characters_are_refused_without_saying_them(string text)
    {
        var refusal = Assert.Throws<RefusalException>(() => ApiToken.FromText(text));
        Assert.Equal("TOKEN-SHORT", refusal.Code);
        Assert.DoesNotContain("0123", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_printed_of_a_token_is_not_the_token() =>
        Assert.DoesNotContain(Secret, ApiToken.FromText(Secret).ToString(), StringComparison.Ordinal);
}
