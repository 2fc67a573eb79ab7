using Ivim.Physics;

namespace Ivim.Imaging.Tests.Dicom;

/// <summary>libopenjp2 and libcharls, which not every machine has.</summary>
internal static class SystemLibraries
{
    /// <summary>Unpacks, or skips the test where the library is absent.</summary>
    public static T Needed<T>(Func<T> unpack)
    {
        try
        {
            return unpack();
        }
        catch (RefusalException refusal) when (refusal.Code == "DICOM-CODEC-MISSING")
        {
            Skip.If(true, refusal.Found);
            throw;
        }
    }
}
