using System.Collections.Immutable;
using Ivim.Imaging.Gradients;
using Ivim.Imaging.Nifti;
using Ivim.Imaging.Volumes;

namespace Ivim.Hosting.Intake;

/// <summary>A diffusion series out of any input that is accepted.</summary>
/// <param name="Directions">Null where none are known.</param>
/// <param name="SideCar">JSON; null where the input says nothing that may be told.</param>
public sealed record ConvertedSeries(
    NiftiImage Image, IReadOnlyList<double> BSecondsPerMm2, ImmutableArray<GradientDirection>? Directions,
    byte[]? SideCar, ImmutableArray<InputWarning> Warnings);
