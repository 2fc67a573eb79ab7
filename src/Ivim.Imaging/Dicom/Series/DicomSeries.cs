using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ivim.Imaging.Gradients;
using Ivim.Imaging.Nifti;
using Ivim.Imaging.Volumes;

namespace Ivim.Imaging.Dicom.Series;

/// <summary>A diffusion series out of DICOM objects: what a NIfTI file and its side-cars would hold.</summary>
/// <param name="Image">One volume for each acquired image, in the order of acquisition.</param>
/// <param name="BSecondsPerMm2">s/mm², one per volume, as the scanner reports them.</param>
/// <param name="Directions">Along the image's axes, as FSL writes them; null where none is known.</param>
/// <param name="Technical">What a BIDS side-car may say of the acquisition: numbers and fixed words only.</param>
public sealed record DicomSeries(
    NiftiImage Image, ImmutableArray<double> BSecondsPerMm2, ImmutableArray<GradientDirection>? Directions,
    JsonObject Technical, ImmutableArray<InputWarning> Warnings);

/// <summary>A diffusion series out of DICOM objects as their headers tell it.</summary>
/// <param name="Header">Of the image.</param>
/// <param name="BSecondsPerMm2">s/mm², one per volume, as the scanner reports them.</param>
/// <param name="Directions">Along the image's axes, as FSL writes them; null where none is known.</param>
public sealed record DicomOutline(
    NiftiHeader Header, ImmutableArray<double> BSecondsPerMm2, ImmutableArray<GradientDirection>? Directions,
    ImmutableArray<InputWarning> Warnings);

/// <summary>What the user says of a folder.</summary>
/// <param name="Series">The number of a listing, or a Series Instance UID; null leaves the choice to the rule.</param>
/// <param name="BSecondsPerMm2">Of each volume in the order of acquisition; they take the place of the objects' own.
/// </param>
/// <param name="Directions">The same of the directions.</param>
public sealed record DicomWishes(
    string? Series = null, IReadOnlyList<double>? BSecondsPerMm2 = null,
    ImmutableArray<GradientDirection>? Directions = null);
