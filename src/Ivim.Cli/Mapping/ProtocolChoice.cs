using Ivim.Cli.Protocols;
using Ivim.Domain.Protocols;
using Ivim.Physics;

namespace Ivim.Cli.Mapping;

/// <summary>
/// The protocol of a run: the document, or the defaults, with the options of the command line on top.
/// </summary>
internal static class ProtocolChoice
{
    /// <exception cref="RefusalException">PROTOCOL-...: the document or an option is out of range.</exception>
    public static Protocol Of(MapOptions options)
    {
        var protocol = options.Protocol is { } path ? ProtocolFile.Read(path) : new Protocol();
        protocol = protocol with
        {
            Method = options.Method ?? protocol.Method,
            Seed = options.Seed ?? protocol.Seed,
            Input = protocol.Input with
            {
                BMaxSecondsPerMm2 = options.BMaxSecondsPerMm2 ?? protocol.Input.BMaxSecondsPerMm2,
            },
            Denoising = protocol.Denoising with { Method = options.Denoise ?? protocol.Denoising.Method },
            Polish = protocol.Polish with { Method = options.Polish ?? Polish(options, protocol) },
            Slabs = protocol.Slabs with
            {
                Slices = options.SlabSlices ?? protocol.Slabs.Slices,
                Halo = options.HaloSlices ?? protocol.Slabs.Halo,
            },
            Training = protocol.Training with
            {
                Scope = options.Scope ?? protocol.Training.Scope,
                Steps = options.Steps ?? protocol.Training.Steps,
            },
            Ensemble = protocol.Ensemble with { Members = options.Members ?? protocol.Ensemble.Members },
        };
        ProtocolCheck.Require(protocol);
        return protocol;
    }

    /// <summary>What is not denoised cannot be polished; who asks for both by name is refused.</summary>
    private static string Polish(MapOptions options, Protocol protocol) =>
        options.Denoise == DenoisingMethods.None ? PolishRules.None : protocol.Polish.Method;
}
