using Ivim.Physics;

namespace Ivim.Hosting.Submissions;

/// <summary>Reads what people have named: a disk that does not give it is no defect.</summary>
internal static class SourceFiles
{
    /// <exception cref="RefusalException">FILE-UNREADABLE.</exception>
    public static T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException("FILE-UNREADABLE", "a file of the study that cannot be read", "a readable file",
                "check permissions, disk and network share", e);
        }
    }
}
