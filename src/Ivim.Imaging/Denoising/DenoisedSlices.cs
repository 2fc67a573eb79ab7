using Ivim.Imaging.Nifti;

namespace Ivim.Imaging.Denoising;

/// <summary>The slices that were asked for, without a halo.</summary>
/// <param name="Whole">The series that the slices belong to.</param>
/// <param name="Patch">The patch that was used.</param>
/// <param name="Signals">float32 [volume, z, y, x], scanner units; raw where no patch of finite values lies.</param>
/// <param name="Sigma">float32 [z, y, x], standard deviation of the noise, scanner units: estimated, or as given. NaN
/// where no patch lies.</param>
/// <param name="KeptComponents">float32 [z, y, x], the mean over the patches that hold the voxel; NaN as above.</param>
public sealed record DenoisedSlices(
    ImageShape Whole, int FirstSlice, int Slices, PatchSize Patch,
    float[] Signals, float[] Sigma, float[] KeptComponents);
