using Ivim.Hosting.Api;
using Ivim.Imaging.Nifti;
using Ivim.Imaging.Volumes;

namespace Ivim.Cli.Tests.Remote;

/// <summary>A published study whose one map lies on disk.</summary>
internal static class PublishedStudy
{
    public static StudyView Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "sub-01_D.nii.gz");
        var shape = new ImageShape(2, 2, 1, 1);
        float[] voxels = [1, 2, 3, 4];
        NiftiWriter.WriteFile(
            path, NiftiGeometry.Create(shape, new AffineMatrix([2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0])), shape, voxels);
        return ScriptedServer.View(StudyPhases.Published) with
        {
            Maps = new Dictionary<string, MapView> { ["D"] = new(path, VoxelHash.Of(voxels)) },
            Stages = [new StageView("train", 4, 4, 1, 1)],
        };
    }
}
