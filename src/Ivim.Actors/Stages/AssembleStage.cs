using Ivim.Domain.Aggregation;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Stages;

/// <summary>Puts the merged slabs together and writes every output file as an artifact.</summary>
internal static class AssembleStage
{
    private const double ShareOfReading = 0.3;

    public static WorkResult Run(StageContext context)
    {
        var frame = StudyFrame.From(context.Read(StudyPlan.Frame));
        var slabs = new List<SlabMaps>();
        foreach (var slab in frame.Slabs)
        {
            slabs.Add(SlabMaps.From(context.Read(StudyPlan.SlabName(slab.Index))));
            Look(context, ShareOfReading * slabs.Count / frame.Slabs.Length);
        }
        bool hasSpread = slabs.TrueForAll(slab => slab.Spread is not null || slab.Maps.Voxels == 0);
        var files = new AssembledFiles(context, frame);
        int made = 0;
        foreach (var map in OutputMaps.All)
        {
            files.AddMap(map.Parameter, Values(frame, slabs, map, slab => slab.Maps), map.Describe(context.Protocol));
            if (hasSpread && map.HasSpreadBy(context.Protocol))
                files.AddMap(map.Parameter + OutputMaps.SpreadSuffix, Values(frame, slabs, map, slab => slab.Spread!),
                    map.DescribeSpread(context.Protocol));
            Look(context, ShareOfReading + (1 - ShareOfReading) * ++made / (OutputMaps.All.Count + 1));
        }
        if (context.Protocol.Polishes) AddPolished(context, frame, files);
        files.AddMask();
        files.AddProvenance();
        bool isExpected = context.Protocol.Method == Methods.MarkovField
            || context.Protocol.MergeRule == MergeRules.LowestLoss;
        string[] notes = hasSpread || isExpected ? []
            : ["NO-SPREAD: one member is left somewhere, so no maps of the spread over members are written"];
        return StageContext.Result(files.Outputs, notes);
    }

    private static void AddPolished(StageContext context, StudyFrame frame, AssembledFiles files)
    {
        var arrays = context.Read(AggregatePlan.Polished);
        var polished = new List<SlabMaps> { SlabMaps.From(arrays) };
        double noise = PolishStage.NoiseOf(arrays);
        foreach (var map in OutputMaps.Polished)
            files.AddMap(map.Parameter + OutputMaps.PolishedSuffix, Values(frame, polished, map, slab => slab.Maps),
                map.DescribePolished(context.Protocol, noise));
    }

    private static void Look(StageContext context, double fraction)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        context.Watch.Progress(fraction);
    }

    /// <summary>One map over the mask's voxels; S0 comes back to scanner units.</summary>
    private static float[] Values(StudyFrame frame, List<SlabMaps> slabs, OutputMap map,
        Func<SlabMaps, Learning.ParameterMaps> of)
    {
        var values = new float[frame.Voxels.Length];
        int from = 0;
        foreach (var slab in slabs.Where(slab => slab.Maps.Voxels > 0))
        {
            var part = map.Of(of(slab));
            part.CopyTo(values, from);
            from += part.Length;
        }
        if (map.IsRelative)
            for (int i = 0; i < values.Length; i++) values[i] *= frame.Reference[i];
        return values;
    }
}
