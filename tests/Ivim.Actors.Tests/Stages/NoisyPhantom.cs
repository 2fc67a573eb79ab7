using System.Globalization;
using Ivim.Actors.Artifacts;
using Ivim.Imaging.Nifti;
using Ivim.Physics.Phantoms;

namespace Ivim.Actors.Tests.Stages;

/// <summary>A small scan with Rician noise whose truth is known.</summary>
internal static class NoisyPhantom
{
    public static Phantom Make(double snr, int size = 24) => Phantom.Make(new PhantomRecipe
    {
        Kind = PhantomKind.Smooth, Width = size, Height = size, Depth = 6, SignalToNoise = snr, Seed = 5,
        BSecondsPerMm2 = [0, 10, 20, 30, 40, 60, 150, 300, 500, 700],
    });

    public static StudyDossier Write(Phantom phantom, string folder)
    {
        Directory.CreateDirectory(folder);
        var recipe = phantom.Recipe;
        var shape = new ImageShape(recipe.Width, recipe.Height, recipe.Depth, 1);
        var header = NiftiGeometry.Create(shape, new AffineMatrix([2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 4, 0]));
        var dossier = new StudyDossier(
            Path.Combine(folder, "sub-07_dwi.nii.gz"), Path.Combine(folder, "sub-07_dwi.bval"), null,
            Path.Combine(folder, "mask.nii.gz"), Path.Combine(folder, "maps"), "sub-07_dwi");
        NiftiWriter.WriteFile(
            dossier.Image, header, shape with { Volumes = recipe.BSecondsPerMm2.Count }, phantom.Signals);
        NiftiWriter.WriteFile(dossier.Mask!, header, shape, [.. phantom.Labels.Select(label => label > 0 ? 1f : 0f)]);
        File.WriteAllText(dossier.BValues,
            string.Join(' ', recipe.BSecondsPerMm2.Select(b => b.ToString(CultureInfo.InvariantCulture))));
        return dossier;
    }
}
