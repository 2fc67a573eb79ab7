using Ivim.Domain.Aggregation;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Learning;
using Ivim.Physics.Uncertainty;

namespace Ivim.Actors.Stages;

/// <summary>Puts the merged slabs together, finds their errors and writes every output file as an artifact.</summary>
internal static class AssembleStage
{
    public const string NoSpread =
        "NO-SPREAD: one member is left somewhere, so the spread over members is in no standard deviation";

    private const double ShareOfReading = 0.3, ShareOfErrors = 0.3;

    public static WorkResult Run(StageContext context)
    {
        var arrays = context.Read(StudyPlan.Frame);
        var (frame, signals) = (StudyFrame.From(arrays), UncertaintySignals.From(arrays));
        var slabs = new List<SlabMaps>();
        foreach (var slab in frame.Slabs)
        {
            slabs.Add(SlabMaps.From(context.Read(StudyPlan.SlabName(slab.Index))));
            Look(context, ShareOfReading * slabs.Count / frame.Slabs.Length);
        }
        bool hasSpread = MapErrors.AddsSpread(context.Protocol)
            && slabs.TrueForAll(slab => slab.Spread is not null || slab.Maps.Voxels == 0);
        var maps = MergedMaps.Of(frame, slabs.Select(slab => slab.Maps));
        var errors = MapErrors.Of(context, frame, signals, maps, hasSpread
            ? MergedMaps.Of(frame, slabs.Select(slab => slab.Spread ?? slab.Maps)) : null);
        Look(context, ShareOfReading + ShareOfErrors);
        var files = new AssembledFiles(context, frame);
        AddPlain(context, frame, files, maps, errors);
        if (context.Protocol.Polishes) AddPolished(context, frame, files, signals);
        files.AddMask();
        AddReliable(context, files, maps, errors);
        files.AddProvenance();
        return StageContext.Result(files.Outputs, LacksSpread(context.Protocol, hasSpread) ? [NoSpread] : []);
    }

    /// <summary>Whether the protocol wants a spread over members that is not there.</summary>
    public static bool LacksSpread(Protocol protocol, bool hasSpread) =>
        !hasSpread && MapErrors.AddsSpread(protocol) && protocol.MergeRule != MergeRules.LowestLoss;

    private static void AddPlain(
        StageContext context, StudyFrame frame, AssembledFiles files, ParameterMaps maps, ParameterMaps errors)
    {
        int made = 0;
        foreach (var map in OutputMaps.All)
        {
            files.AddMap(map.Parameter, Values(frame, map, maps), map.Describe(context.Protocol));
            if (map.HasSpreadBy(context.Protocol))
                files.AddMap(map.Parameter + OutputMaps.SpreadSuffix, Values(frame, map, errors),
                    map.DescribeSpread(context.Protocol));
            double share = (double)++made / (OutputMaps.All.Count + 1);
            Look(context, ShareOfReading + ShareOfErrors + (1 - ShareOfReading - ShareOfErrors) * share);
        }
    }

    private static void AddPolished(
        StageContext context, StudyFrame frame, AssembledFiles files, UncertaintySignals signals)
    {
        var arrays = context.Read(AggregatePlan.Polished);
        var maps = SlabMaps.From(arrays).Maps;
        double noise = PolishStage.NoiseOf(arrays);
        var errors = MapErrors.OfPolished(context, frame, signals, maps);
        foreach (var map in OutputMaps.Polished)
        {
            string name = map.Parameter + OutputMaps.PolishedSuffix;
            files.AddMap(name, Values(frame, map, maps), map.DescribePolished(context.Protocol, noise));
            files.AddMap(name + OutputMaps.SpreadSuffix, Values(frame, map, errors),
                map.DescribePolishedSpread(context.Protocol));
        }
    }

    private static void AddReliable(
        StageContext context, AssembledFiles files, ParameterMaps maps, ParameterMaps errors)
    {
        var rules = context.Protocol.Uncertainty;
        files.AddMask(OutputMaps.Reliable,
            IdentifiableVoxels.Of(maps.F, errors.DStar, ProtocolRecipes.Bounds(context.Protocol).DStar,
                rules.ReliableAboveF, rules.ReliableShareOfIgnorance),
            OutputMaps.DescribeReliable(rules));
    }

    private static void Look(StageContext context, double fraction)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        context.Watch.Progress(fraction);
    }

    /// <summary>One map over the mask's voxels; S0 comes back to scanner units.</summary>
    private static float[] Values(StudyFrame frame, OutputMap map, ParameterMaps maps) => map.IsRelative
        ? [.. map.Of(maps).Zip(frame.Reference, (value, reference) => value * reference)] : map.Of(maps);
}
