using System.Globalization;
using Ivim.Faults.Tests.Machine;

namespace Ivim.Faults.Tests.Recovery;

/// <summary>
/// What each fault cost, one line a test: artifacts/test-results/faults.md, which `./test.sh --faults` prints.
/// </summary>
internal static class RecoveryTable
{
    private const string Head =
        "| fault | what was done | recovered after (s) | bound (s) | leases lost | steps done again | of planned |\n"
        + "|---|---|---|---|---|---|---|\n";

    public static void Add(RecoveryRow row)
    {
        Directory.CreateDirectory(Repository.TestResults);
        string file = Path.Combine(Repository.TestResults, "faults.md");
        if (!File.Exists(file)) File.WriteAllText(file, Head);
        File.AppendAllText(file, string.Create(CultureInfo.InvariantCulture,
            $"| {row.Fault} | {row.What} | {Seconds(row.Took)} | {Seconds(row.Bound)} "
            + $"| {row.LeasesLost} | {row.Redone} | {row.Planned} |\n"));
    }

    private static string Seconds(TimeSpan? time) =>
        time?.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture) ?? "-";
}

/// <param name="Took">From the fault to work going on again; null where nothing had to recover.</param>
internal sealed record RecoveryRow(
    string Fault, string What, TimeSpan? Took, TimeSpan? Bound, int LeasesLost, int Redone, int Planned);
