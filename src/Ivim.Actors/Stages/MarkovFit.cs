using System.Globalization;
using Ivim.Domain.Protocols;
using Ivim.Learning;
using Ivim.Physics.Fits;
using Ivim.Physics.Spatial;

namespace Ivim.Actors.Stages;

/// <summary>The most probable maps under a Markov random field, started from least squares.</summary>
internal static class MarkovFit
{
    public static (SlabMaps Maps, string[] Notes) Run(StageContext context, SignalVoxels study)
    {
        var (maps, unfinished) = Solve(context.Protocol, study, context.Watch.Progress, context.Cancellation);
        Residuals.Fill(maps, study);
        string[] notes = unfinished == 0 ? [] :
        [
            string.Create(CultureInfo.InvariantCulture,
                $"NOT-CONVERGED: the field of {unfinished} slices stopped at its step limit"),
        ];
        return (new SlabMaps(maps, null, double.NaN), notes);
    }

    /// <param name="progress">Told which share is done, 0 to 1.</param>
    /// <returns>The maps without their residuals, and how many slices stopped at the step limit.</returns>
    public static (ParameterMaps Maps, int Unfinished) Solve(
        Protocol protocol, SignalVoxels study, Action<double> progress, CancellationToken cancellation)
    {
        var bounds = ProtocolRecipes.Bounds(protocol);
        var fit = LeastSquaresFit.Fit(study.Signals, study.BValues, bounds,
            ProtocolRecipes.Fit(protocol, cancellation) with { Progress = share => progress(share / 2) });
        var start = new SpatialMaps(fit.D, fit.F, fit.DStar, fit.S0);
        var ranges = new SpatialBounds { Ranges = bounds };
        var options = new MarkovRandomFieldOptions
        {
            Tau = protocol.Bayes.MapTau, Bounds = ranges, Cancellation = cancellation,
        };
        var prior = ParameterPrior.Measure(start, ranges);
        var (maps, unfinished) = (ParameterMaps.OfVoxels(study.Count), 0);
        foreach (var slice in StudySlice.Of(study))
        {
            progress(0.5 + 0.5 * slice.First / study.Count);
            var found = MarkovRandomFieldMap.Fit(
                slice.Grid, slice.Signals, study.BValues, slice.Of(start), prior, options);
            unfinished += found.HasConverged.Count(converged => !converged);
            slice.Write(found.Maps, maps);
        }
        return (maps, unfinished);
    }
}
