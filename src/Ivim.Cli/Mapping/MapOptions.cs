namespace Ivim.Cli.Mapping;

/// <summary>What the user asked of `ivim map`; null means not said, so that the protocol's value holds.</summary>
public sealed record MapOptions
{
    public const string StudyScope = "study", SlabScope = "slab", StudyThenSlabScope = "study+slab";

    /// <summary>A 4-D NIfTI file, a BIDS dataset with one diffusion series, or DICOM objects.</summary>
    public required string Input { get; init; }

    /// <summary>Which series of a DICOM folder: the number of a listing, or its UID.</summary>
    public string? Series { get; init; }

    /// <summary>The folder of the derivatives.</summary>
    public required string Out { get; init; }

    public string? Bval { get; init; }

    public string? Bvec { get; init; }

    public string? Mask { get; init; }

    /// <summary>A protocol document; the options below override its fields.</summary>
    public string? Protocol { get; init; }

    public string? Method { get; init; }

    /// <summary>One of the protocol's denoising methods.</summary>
    public string? Denoise { get; init; }

    /// <summary>`none` or `guided`.</summary>
    public string? Polish { get; init; }

    /// <summary>Volumes above this b-value are left out, s/mm².</summary>
    public double? BMaxSecondsPerMm2 { get; init; }

    public int? Members { get; init; }

    public int? SlabSlices { get; init; }

    public int? HaloSlices { get; init; }

    /// <summary>`study`, `slab` or `study+slab`.</summary>
    public string? Scope { get; init; }

    /// <summary>Training steps of a network.</summary>
    public int? Steps { get; init; }

    public ulong? Seed { get; init; }

    /// <summary>Where the journal and the artifacts lie; without it `.ivim` inside the output.</summary>
    public string? Work { get; init; }

    public int? Workers { get; init; }

    /// <summary>`auto`, `cpu` or `cuda`.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>The subject label of the output's names, without `sub-`.</summary>
    public string? Subject { get; init; }

    public bool Json { get; init; }

    public bool Quiet { get; init; }
}
