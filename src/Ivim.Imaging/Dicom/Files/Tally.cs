using Ivim.Physics;

namespace Ivim.Imaging.Dicom.Files;

/// <summary>Counts the elements of one file, in all its sequences.</summary>
internal sealed class Tally(int most)
{
    private int _count;

    public void Count()
    {
        if (++_count > most) throw DicomRefusals.TooLarge($"more than {most} elements", $"at most {most}");
    }

    /// <summary>Whether a refusal is for the size of what was read, and not for how it is written.</summary>
    public bool IsLimit(RefusalException refusal) => _count > most || refusal.Code == "DICOM-TOO-LARGE";
}
