using Ivim.Hosting.Security;
using Ivim.Physics;

namespace Ivim.Hosting.Tests.Security;

public sealed class ApiTokensTests
{
    private const string First = "0123456789abcdef", Second = "abcdef0123456789";

    [Fact]
    public void Each_token_has_the_role_of_its_line()
    {
        var tokens = ApiTokens.FromText($"viewer {First}\r\n\n operator\t{Second} \n");
        Assert.Equal(ApiRole.Viewer, tokens.RoleOf("Bearer " + First));
        Assert.Equal(ApiRole.Operator, tokens.RoleOf("Bearer " + Second));
        Assert.All([null, "", "Bearer viewer", $"Bearer viewer {First}", "Basic " + First],
            other => Assert.Null(tokens.RoleOf(other)));
    }

    [Fact]
    public void A_lone_token_may_do_all_as_ever() =>
        Assert.Equal(ApiRole.Admin, ApiTokens.FromText($" {First}\n").RoleOf("Bearer " + First));

    [Theory]
    [InlineData("", "TOKEN-SHORT")]
    [InlineData("0123456789abcde", "TOKEN-SHORT")]
    [InlineData("viewer 0123456789abcde", "TOKEN-SHORT")]
    [InlineData("owner " + First, "TOKEN-LINE")]
    [InlineData(First + "\nviewer " + Second, "TOKEN-LINE")]
    [InlineData("viewer " + First + " more", "TOKEN-LINE")]
    [InlineData("viewer " + First + "\nadmin " + First, "TOKEN-TWICE")]
    public void What_is_neither_is_refused_without_saying_it(string text, string code)
    {
        var refusal = Assert.Throws<RefusalException>(() => ApiTokens.FromText(text));
        Assert.Equal(code, refusal.Code);
        Assert.DoesNotContain("0123", refusal.Message, StringComparison.Ordinal);
    }
}
