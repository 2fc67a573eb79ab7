namespace Ivim.Imaging.Nifti;

/// <summary>How one number of a header is stored.</summary>
internal enum NiftiNumber
{
    Whole8,
    Whole16,
    Whole32,
    Whole64,
    Real32,
    Real64,
}

/// <summary>What happens to a field when a map is written beside its input.</summary>
internal enum NiftiRole
{
    /// <summary>Says where the voxels are in space: copied bit for bit.</summary>
    Geometry,

    /// <summary>Says how the voxels are stored: set anew.</summary>
    Storage,

    /// <summary>Free text and display hints: left empty, because the text may name a person.</summary>
    Dropped,
}

/// <summary>Where a field lies in one version of the header; a negative offset means that the version lacks
/// it.</summary>
internal readonly record struct NiftiSlot(int Offset, NiftiNumber Kind)
{
    public int Bytes => Kind switch
    {
        NiftiNumber.Whole8 => 1,
        NiftiNumber.Whole16 => 2,
        NiftiNumber.Whole32 or NiftiNumber.Real32 => 4,
        _ => 8,
    };
}

/// <summary>One row of the header table.</summary>
internal sealed record NiftiField(string Name, int Count, NiftiRole Role, NiftiSlot One, NiftiSlot Two)
{
    public NiftiSlot In(NiftiVersion version) => version == NiftiVersion.One ? One : Two;
}
