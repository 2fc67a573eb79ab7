namespace Ivim.Cli.Evaluation;

/// <summary>What the user asked of `ivim evaluate`.</summary>
internal sealed record EvaluateOptions
{
    /// <summary>An output folder of `ivim map`.</summary>
    public required string Estimate { get; init; }

    /// <summary>A folder of `ivim simulate`, or the truth inside it.</summary>
    public required string Truth { get; init; }

    /// <summary>An output folder of a run without slabs.</summary>
    public string? Reference { get; init; }

    /// <summary>In place of the slabs that the maps' provenance tells.</summary>
    public int? SlabSlices { get; init; }

    /// <summary>The polished maps in place of the others.</summary>
    public bool Polished { get; init; }

    /// <summary>In place of the maps' own mask.</summary>
    public string? Mask { get; init; }
}
