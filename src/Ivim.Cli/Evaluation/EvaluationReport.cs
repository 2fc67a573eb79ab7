using Ivim.Cli.Mapping;
using Ivim.Physics.Evaluation;

namespace Ivim.Cli.Evaluation;

/// <summary>How far the maps of a study are from its truth.</summary>
internal sealed record EvaluationReport
{
    /// <summary>A table for each parameter, in the order of <see cref="MapParameter.All"/>.</summary>
    public required IReadOnlyList<ParameterErrors> Parameters { get; init; }

    /// <summary>Voxels that were compared.</summary>
    public required int Voxels { get; init; }

    /// <summary>Voxels that have a truth but no estimate.</summary>
    public required int UnmappedVoxels { get; init; }

    /// <summary>What the seam index was paired with: `truth` or `reference`; null without a seam.</summary>
    public string? SeamsPairedWith { get; init; }
}

/// <param name="Regions">One row for each region, the pooled one last.</param>
/// <param name="Seam">Null where there is no slab border inside the mask.</param>
/// <param name="Coverage">Null where no standard deviations are published.</param>
internal sealed record ParameterErrors(MapParameter Parameter, IReadOnlyList<RegionError> Regions, SeamIndex? Seam,
    ParameterCoverage? Coverage);

/// <summary>Share of the voxels whose 90 % interval holds the truth; NaN without a voxel.</summary>
/// <param name="All">Of D* only those whose true f is above 0.03: below it there is no perfusion to see.</param>
/// <param name="Reliable">Of those, where the maps call D* identifiable.</param>
internal sealed record ParameterCoverage(double All, double Reliable);
