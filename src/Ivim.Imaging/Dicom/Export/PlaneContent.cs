using Ivim.Imaging.Dicom.Geometry;
using Ivim.Imaging.Dicom.Writing;

namespace Ivim.Imaging.Dicom.Export;

/// <summary>Position and orientation of a slice (PS3.3 C.7.6.2).</summary>
internal static class PlaneContent
{
    public static DicomContent Position(DicomContent content, SlicePlane plane) =>
        content.Decimals(new(0x0020, 0x0032), plane.Position.X, plane.Position.Y, plane.Position.Z);

    public static DicomContent Orientation(DicomContent content, SlicePlane plane) =>
        content.Decimals(new(0x0020, 0x0037), plane.AlongRow.X, plane.AlongRow.Y, plane.AlongRow.Z,
            plane.AlongColumn.X, plane.AlongColumn.Y, plane.AlongColumn.Z);
}
