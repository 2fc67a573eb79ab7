using Ivim.Domain.Protocols;
using Ivim.Physics;

namespace Ivim.Domain.Tests.Protocols;

/// <summary>docs/protocol.md against the code: fields, order, defaults and ranges.</summary>
public sealed class ProtocolGuideTests
{
    private sealed record Row(string Field, string Type, string Default, string Range);

    [Fact]
    public void The_guide_has_every_field_in_order_with_its_default() =>
        Assert.Equal(ProtocolDocument.Leaves, Rows().Select(row => KeyValuePair.Create(row.Field, row.Default)));

    [Fact]
    public void The_guide_has_the_range_that_the_check_requires()
    {
        foreach (var row in Rows().Where(row => row.Field is not ("schema" or "seed" or "network.positionChannel")))
        {
            var outside = row.Type.StartsWith("whole", StringComparison.Ordinal) ? "2147483647"
                : row.Type.StartsWith("number", StringComparison.Ordinal) ? "1e300" : "\"?\"";

            var refusal = Assert.Throws<RefusalException>(() =>
                ProtocolDocument.With(new Protocol(), row.Field, outside));

            Assert.StartsWith(row.Field + " = ", refusal.Found, StringComparison.Ordinal);
            Assert.Equal(refusal.Expected, row.Range);
        }
    }

    [Fact]
    public void A_field_can_be_null_where_the_guide_says_so_and_nowhere_else()
    {
        foreach (var row in Rows())
        {
            bool isRefused = Record.Exception(() =>
                ProtocolDocument.With(new Protocol(), row.Field, "null")) is RefusalException;
            Assert.Equal(!row.Type.EndsWith("or null", StringComparison.Ordinal), isRefused);
        }
    }

    private static List<Row> Rows() =>
        File.ReadLines(Path.Combine(Repository(AppContext.BaseDirectory), "docs", "protocol.md"))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Select(cells => new Row(cells[1].Trim('`'), cells[2], cells[4].Trim('`'), cells[5])).ToList();

    private static string Repository(string folder) =>
        File.Exists(Path.Combine(folder, "Ivim.sln")) ? folder : Repository(Path.GetDirectoryName(folder)!);
}
