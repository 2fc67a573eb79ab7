using System.Globalization;
using Ivim.Physics;

namespace Ivim.Cli.Benchmark;

/// <summary>What is to be compared.</summary>
internal sealed record BenchmarkPlan
{
    private const ulong NetworkStream = 2;

    public required IReadOnlyList<BenchmarkPhantom> Phantoms { get; init; }

    public required IReadOnlyList<double> SignalToNoise { get; init; }

    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>Draws of the noise.</summary>
    public required int Realisations { get; init; }

    /// <summary>Draws of the noise that networks are trained on; at most all.</summary>
    public required int NetworkRealisations { get; init; }

    /// <summary>Seeds of the networks on the first realisation.</summary>
    public required int NetworkSeeds { get; init; }

    public required ulong Seed { get; init; }

    public required GridSize Size { get; init; }

    public int? Workers { get; init; }

    /// <summary>
    /// Every run, the realisation outermost: whatever is interrupted has compared everything a few times.
    /// </summary>
    public IReadOnlyList<BenchmarkRun> Runs()
    {
        var methods = Methods.Select(BenchmarkMethod.Parse).ToArray();
        return
        [
            .. from realisation in Enumerable.Range(0, Realisations)
               from phantom in Phantoms
               from snr in SignalToNoise
               from method in methods
               let placed = method.On(phantom)
               where placed is not null && (realisation < NetworkRealisations || !placed.Protocol.Learns)
               from networkSeed in Enumerable.Range(0, placed.Protocol.Learns && realisation == 0 ? NetworkSeeds : 1)
               select new BenchmarkRun(
                   phantom, snr, realisation, Seeded(placed, realisation, networkSeed), networkSeed),
        ];
    }

    /// <summary>Seeds of networks come from a stream of their own; those of the noise from the phantom's.</summary>
    private BenchmarkMethod Seeded(BenchmarkMethod method, int realisation, int networkSeed)
    {
        // 32 bits are easily read; a fit has no use for one.
        ulong seed = new RandomStream(Seed, NetworkStream).Child((ulong)realisation).Bits((ulong)networkSeed) >> 32;
        bool isFit = method.Protocol.Method is Domain.Protocols.Methods.LeastSquares
            or Domain.Protocols.Methods.Segmented or Domain.Protocols.Methods.MarkovField;
        return isFit ? method : method with { Protocol = method.Protocol with { Seed = seed } };
    }
}

/// <summary>One map of one phantom by one method.</summary>
internal sealed record BenchmarkRun(
    BenchmarkPhantom Phantom, double SignalToNoise, int Realisation, BenchmarkMethod Method, int NetworkSeed)
{
    public string Snr => SignalToNoise.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A name for folders: equal for what is read from one scan.</summary>
    public string ScanName(BenchmarkPlan plan) =>
        $"{Phantom.Name}-{plan.Size}-snr{Snr}-seed{plan.Seed}-noise{Realisation}";

    public override string ToString() => $"{Phantom.Name} SNR {Snr} draw {Realisation} {MethodName}";

    public string MethodName => NetworkSeed == 0 ? Method.Name : $"{Method.Name}-network{NetworkSeed}";
}
