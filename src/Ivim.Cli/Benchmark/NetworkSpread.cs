using Ivim.Cli.Evaluation;
using Ivim.Physics.Evaluation;

namespace Ivim.Cli.Benchmark;

/// <summary>How much the maps of one scan change with the seed of the networks.</summary>
internal static class NetworkSpread
{
    /// <param name="finished">Runs whose maps are there.</param>
    public static Dictionary<(string, double, string, string), double> Of(
        BenchmarkFolder folder, IEnumerable<BenchmarkRun> finished)
    {
        var spreads = new Dictionary<(string, double, string, string), double>();
        foreach (var seeds in finished.Where(run => run.Realisation == 0 && run.Method.Protocol.Learns)
            .GroupBy(run => (run.Phantom.Name, run.SignalToNoise, run.Method.Name)).Where(runs => runs.Count() > 1))
        {
            var (phantom, snr, method) = seeds.Key;
            var maps = seeds.Select(run => MapFolder.Open(folder.Maps(run), run.Method.IsPolished)).ToArray();
            var truth = TruthFolder.Open(folder.Scan(seeds.First()).Truth);
            var options = new EvaluateOptions { Estimate = "", Truth = "" };
            bool[] compared = MapEvaluation.Compared(options, maps[0], truth);
            foreach (var parameter in CellEvaluation.Parameters)
                spreads[(phantom, snr, method, parameter.Name)] = SeedSpread.Of(
                    [.. maps.Select(map => CellEvaluation.Inside(map.Maps[parameter], compared))]);
        }
        return spreads;
    }
}
