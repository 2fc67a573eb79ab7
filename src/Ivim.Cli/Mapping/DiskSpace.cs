using System.Globalization;
using Ivim.Actors.Artifacts;
using Ivim.Domain.Work;
using Ivim.Hosting;
using Ivim.Imaging.Nifti;

namespace Ivim.Cli.Mapping;

/// <summary>Whether the disks of the work and output folders have room, asked before anything is written.</summary>
internal static class DiskSpace
{
    /// <summary>Journal, log, networks and checkpoints of an ordinary run.</summary>
    private const long FixedBytes = 32L << 20;

    /// <summary>
    /// Images per study: five maps, four spreads and a mask, each as artifact and at the destination.
    /// </summary>
    private const int Images = 10;

    /// <exception cref="StudyFailedException">DISK-FULL.</exception>
    public static void Require(StudyDossier dossier, string workFolder)
    {
        var shape = NiftiFile.ReadHeader(dossier.Image).Shape;
        long maps = shape.VoxelsPerVolume * Images * sizeof(float);
        long slabs = shape.Voxels * sizeof(float) * 2;
        Require(workFolder, FixedBytes + slabs + maps);
        Require(dossier.Output, maps);
    }

    private static void Require(string folder, long bytesInAll)
    {
        long free = new DriveInfo(NearestExisting(folder)).AvailableFreeSpace;
        long bytes = bytesInAll - Held(folder);
        if (free >= bytes) return;
        var text = string.Create(CultureInfo.InvariantCulture,
            $"DISK-FULL: found {free >> 20} MB free on the disk of the work or output folder; "
            + $"expected {bytes >> 20} MB; ")
            + "free some, or choose other folders with --work and --out.";
        throw new StudyFailedException(new WorkFailure(FailureClass.Infrastructure, "DISK-FULL", text));
    }

    /// <summary>What is there already need not be written again: a finished study asks for no room.</summary>
    private static long Held(string folder) => Directory.Exists(folder)
        ? new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)
        : 0;

    private static string NearestExisting(string folder)
    {
        var path = Path.GetFullPath(folder);
        while (!Directory.Exists(path)) path = Path.GetDirectoryName(path) ?? "/";
        return path;
    }
}
