using Ivim.Imaging.Dicom.Vendors;

namespace Ivim.Imaging.Dicom.Series;

/// <summary>The elements that hold for one frame: its own functional groups, those shared by all frames, and the
/// object's.</summary>
internal sealed record FrameElements(IDicomDataset Root, IDicomDataset? Own, IDicomDataset? Shared)
{
    /// <summary>Of each frame of an object; an object without functional groups is one image of one frame.</summary>
    /// <returns>Empty where the groups do not belong to the frames: too few, or too many.</returns>
    public static IReadOnlyList<FrameElements> Of(IDicomDataset root, int frames)
    {
        if (!IsEnhanced(root)) return frames == 1 ? [new FrameElements(root, null, null)] : [];
        var shared = root.Items(MrTags.SharedGroups) is [var item, ..] ? item : null;
        var own = root.Items(MrTags.FrameGroups);
        return own.Count == frames ? [.. own.Select(group => new FrameElements(root, group, shared))] : [];
    }

    public bool IsClassic => Own is null && Shared is null;

    public static bool IsEnhanced(IDicomDataset root) =>
        root.Contains(MrTags.FrameGroups) || root.Contains(MrTags.SharedGroups);

    /// <summary>The one item of a functional group: the frame's, else the shared one.</summary>
    public IDicomDataset? Macro(DicomTag sequence) =>
        Own?.Items(sequence) is [var own, ..] ? own : Shared?.Items(sequence) is [var shared, ..] ? shared : null;

    /// <summary>Where an element of a functional group lies in this object.</summary>
    public IDicomDataset Home(DicomTag sequence) => Macro(sequence) ?? Root;
}
