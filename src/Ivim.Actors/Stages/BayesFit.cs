using System.Diagnostics;
using System.Globalization;
using Ivim.Actors.Work;
using Ivim.Learning;
using Ivim.Physics;
using Ivim.Physics.Bayes;

namespace Ivim.Actors.Stages;

/// <summary>
/// The Bayesian fit of a study; writes a checkpoint now and then and resumes from the last one, with the same bits.
/// </summary>
internal static class BayesFit
{
    private const int LookEverySweeps = 20;
    private const double LargestRHat = 1.1, LargestShareAbove = 0.05;

    /// <summary>A crash costs at most so much work; a checkpoint is some hundred bytes a voxel.</summary>
    private static readonly TimeSpan CheckpointInterval = TimeSpan.FromSeconds(5);

    /// <summary>Writing them takes at most a twentieth of the time.</summary>
    private const int LeastIntervalInSaves = 20;

    public static (SlabMaps Maps, string[] Notes) Run(StageContext context, SignalVoxels study)
    {
        var run = Begin(context, Input(study), ProtocolRecipes.Bayes(context.Protocol));
        int first = run.SweepsDone;
        var sinceCheckpoint = Stopwatch.StartNew();
        var interval = CheckpointInterval;
        try
        {
            while (!run.IsDone)
            {
                run.Advance(LookEverySweeps, cancellation: context.Cancellation);
                TestHooks.Look();
                context.Watch.Progress((double)run.SweepsDone / run.Sweeps);
                if (sinceCheckpoint.Elapsed < interval) continue;
                sinceCheckpoint.Restart();
                Keep(context, run);
                var save = LeastIntervalInSaves * sinceCheckpoint.Elapsed;
                interval = save > CheckpointInterval ? save : CheckpointInterval;
            }
        }
        finally
        {
            context.Watch.Trained(run.SweepsDone - first);
        }
        return Result(run.Result(), study);
    }

    private static BayesInput Input(SignalVoxels study) => new(study.Signals, study.BValues,
    [
        .. Enumerable.Range(0, study.Count).Select(voxel => new VoxelPosition((int)study.Positions[3 * voxel],
            (int)study.Positions[3 * voxel + 1], (int)study.Positions[3 * voxel + 2])),
    ]);

    /// <summary>A checkpoint that cannot be read is no checkpoint: the sampler begins again, with the same
    /// end.</summary>
    private static BayesRun Begin(StageContext context, BayesInput input, BayesOptions options)
    {
        if (context.Store.FindCheckpoint(context.Item.Key) is { } bytes)
        {
            try
            {
                var resumed = BayesRun.Resume(input, options, context.Protocol.Seed, new MemoryStream(bytes));
                context.Watch.Resumed(resumed.SweepsDone);
                return resumed;
            }
            catch (RefusalException refusal) when (refusal.Code == "BAYES-CHECKPOINT")
            {
            }
        }
        return BayesRun.Start(input, options, context.Protocol.Seed);
    }

    private static void Keep(StageContext context, BayesRun run)
    {
        using var checkpoint = new MemoryStream();
        run.Save(checkpoint);
        context.Store.SaveCheckpoint(context.Item.Key, run.SweepsDone, checkpoint.ToArray());
        context.Watch.Checkpointed(run.SweepsDone);
    }

    private static (SlabMaps Maps, string[] Notes) Result(BayesResult found, SignalVoxels study)
    {
        var maps = new ParameterMaps(
            found.D.Median, found.F.Median, found.DStar.Median, found.S0, new float[found.Voxels]);
        Residuals.Fill(maps, study);
        // S0 is integrated out: the sampler has no spread of it.
        var spread = new ParameterMaps(found.D.Spread, found.F.Spread, found.DStar.Spread,
            new float[found.Voxels], new float[found.Voxels]);
        Array.Fill(spread.S0, float.NaN);
        double above = Math.Max(found.RHatD.ShareAbove, Math.Max(found.RHatF.ShareAbove, found.RHatDStar.ShareAbove));
        string[] notes = above <= LargestShareAbove && found.PopulationRHat <= LargestRHat ? [] :
        [
            string.Create(CultureInfo.InvariantCulture, $"NOT-CONVERGED: R-hat is above {LargestRHat} in "
                + $"{100 * above:0.0} % of the voxels, and {found.PopulationRHat:0.00} for the prior: give the chains "
                + $"more sweeps"),
        ];
        return (new SlabMaps(maps, spread, double.NaN), notes);
    }
}
