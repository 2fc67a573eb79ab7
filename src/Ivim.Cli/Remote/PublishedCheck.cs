using Ivim.Cli.Mapping;
using Ivim.Hosting.Api;
using Ivim.Imaging.Nifti;
using Ivim.Imaging.Volumes;
using Ivim.Physics;

namespace Ivim.Cli.Remote;

/// <summary>Whether the maps that a server calls published are where it says, with the voxels that it says.</summary>
internal static class PublishedCheck
{
    /// <param name="isLocal">Whether they have to be on this machine; if not, they may be out of its reach.</param>
    public static (IReadOnlyList<Notice> Warnings, IReadOnlyList<Notice> Errors) Of(StudyView view, bool isLocal)
    {
        bool isReachable = isLocal
            || view.Maps.Values.Any(map => Directory.Exists(Path.GetDirectoryName(map.Path)));
        if (!isReachable) return ([OutOfReach], []);
        int damaged = view.Maps.Values.Count(map => !IsWhole(map));
        return damaged == 0 && view.Maps.Count > 0 ? ([], []) : ([], [Damaged(damaged, view.Maps.Count)]);
    }

    private static Notice OutOfReach { get; } = new("MAPS-OUT-OF-REACH",
        "the maps are published on disks that are not reachable from here, so nobody has read them back");

    private static Notice Damaged(int count, int total) => new("OUTPUT-DAMAGED",
        $"found {count} of {total} published maps missing or not as written; expected all to read back; "
        + "look at the disk of the output folder and submit the study again.");

    private static bool IsWhole(MapView map)
    {
        try
        {
            return File.Exists(map.Path) && VoxelHash.Of(NiftiFile.Read(map.Path).Voxels) == map.Sha256;
        }
        catch (RefusalException)
        {
            return false;
        }
    }
}
