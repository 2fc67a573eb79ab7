using Ivim.Imaging.Reports.Pages;

namespace Ivim.Actors.Reports;

/// <summary>What a methods paragraph may cite.</summary>
internal static class Citations
{
    public static Reference Model { get; } = new("Le Bihan et al. 1988. Separation of diffusion and perfusion in "
        + "intravoxel incoherent motion MR imaging. Radiology 168:497.", "10.1148/radiology.168.2.3393671");

    public static Reference Veraart { get; } = new("Veraart et al. 2016. Denoising of diffusion MRI using random "
        + "matrix theory. NeuroImage 142:394.", "10.1016/j.neuroimage.2016.08.016");

    public static Reference Manjon { get; } = new("Manjón et al. 2013. PLoS ONE 8:e73021.",
        "10.1371/journal.pone.0073021");

    public static Reference Koay { get; } = new("Koay and Basser 2006. J Magn Reson 179:317.",
        "10.1016/j.jmr.2006.01.016");

    public static Reference Barbieri { get; } = new("Barbieri et al. 2020. Magn Reson Med.", "10.1002/mrm.27910");

    public static Reference Kaandorp { get; } = new("Kaandorp et al. 2021. Magn Reson Med 86:2250.",
        "10.1002/mrm.28852");

    public static Reference Li { get; } = new("Li and Huang 2026 (the published abstract; sizes and training are this "
        + "program's own).");

    public static Reference Orton { get; } = new("Orton et al. 2014. Magn Reson Med 71:411.", "10.1002/mrm.24649");

    public static Reference Spinner { get; } = new("Spinner, Federau and Kozerke 2021. Med Image Anal 73:102144.",
        "10.1016/j.media.2021.102144");
}
