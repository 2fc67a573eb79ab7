using Ivim.Domain.Protocols;

namespace Ivim.Actors.Tests.Hosting;

/// <summary>The whole method with the smallest parts: two members of 20 steps.</summary>
internal static class TinyNetwork
{
    public const int StartSteps = 15;

    public static Protocol Protocol { get; } = new()
    {
        Slabs = new SlabRules { Slices = 2, Halo = 1 },
        Ensemble = new EnsembleRules { Members = 2, OutlierLossFactor = 1000 },
        Network = new NetworkRules
        {
            Convolution1 = 4, Convolution2 = 4, LstmHidden = 4, AttentionHeads = 2, HeadHidden = 8, PrincipalScores = 3,
        },
        Training = new TrainingRules { Steps = 20, SampleVoxels = 100, BatchVoxels = 32, EvaluateEverySteps = 10 },
    };

    /// <summary>Whose members begin from simulated signals.</summary>
    public static Protocol WithStart(string scope = TrainingScopes.Study) =>
        Protocol with { Training = Protocol.Training with { Scope = scope, StartSteps = StartSteps } };
}
