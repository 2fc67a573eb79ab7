using Ivim.Domain.Protocols;
using Ivim.Physics;

namespace Ivim.Domain.Tests.Protocols;

public sealed class SiteProtocolTests
{
    private static readonly string Cohort = ProtocolJson.Write(new Protocol
    {
        Ensemble = new() { Members = 3 }, Input = new() { BMaxSecondsPerMm2 = 800 },
    });

    [Fact]
    public void A_centre_changes_what_it_names_and_nothing_else()
    {
        var site = ProtocolJson.Read(SiteProtocol.Apply(Cohort,
            """{ "input": { "bMaxSecondsPerMm2": null }, "bounds": { "dStar": { "lower": 0.006, "upper": 0.2 } } }"""));
        Assert.Equal(3, site.Ensemble.Members);
        Assert.Null(site.Input.BMaxSecondsPerMm2);
        Assert.Equal(0.006, site.Bounds.DStar.Lower);
        Assert.Equal(new Protocol().Bounds.D, site.Bounds.D);
        Assert.Equal(Cohort, SiteProtocol.Apply(Cohort, null));
    }

    [Fact]
    public void A_change_of_the_cohort_reaches_the_centre_where_the_centre_says_nothing()
    {
        const string Site = """{ "seed": 7 }""";
        var changed = ProtocolJson.Write(ProtocolJson.Read(Cohort) with { Ensemble = new() { Members = 9 } });
        var protocol = ProtocolJson.Read(SiteProtocol.Apply(changed, Site));
        Assert.Equal((9, 7UL), (protocol.Ensemble.Members, protocol.Seed));
    }

    [Theory]
    [InlineData("[]", "PROTOCOL-JSON")]
    [InlineData("{", "PROTOCOL-JSON")]
    [InlineData("""{ "members": 3 }""", "PROTOCOL-JSON")]
    [InlineData("""{ "seed": 1, "seed": 2 }""", "PROTOCOL-JSON")]
    [InlineData("""{ "schema": "other/1" }""", "PROTOCOL-SCHEMA")]
    [InlineData("""{ "ensemble": { "members": 0 } }""", "PROTOCOL-VALUE")]
    public void What_no_protocol_would_hold_is_refused(string changes, string code) =>
        Assert.Equal(code, Assert.Throws<RefusalException>(() => SiteProtocol.Apply(Cohort, changes)).Code);
}
