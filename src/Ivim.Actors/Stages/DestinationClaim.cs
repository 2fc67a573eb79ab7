using Ivim.Actors.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Physics;

namespace Ivim.Actors.Stages;

/// <summary>
/// Who may write to one study's place in an output folder: the study that began to publish there last.
/// </summary>
/// <remarks>
/// A worker that was cut off, or stopped for an hour, does not know that another study (another protocol of the same
/// scan) publishes to its place by now. It looks at the claim just before each of its files appears, and stops where
/// the claim is not its study's any more: maps of two protocols are never left side by side. Copies of one publication
/// write the same bytes and do not disturb each other.
/// </remarks>
internal sealed class DestinationClaim
{
    private readonly string _path;
    private readonly string _study;
    private readonly string _line;
    private readonly Func<bool> _isFinished;

    private DestinationClaim(string path, StudyId study, Func<bool> isFinished)
    {
        (_path, _study, _isFinished) = (path, study.Value, isFinished);
        _line = $"{_study} {Guid.NewGuid():n}";
    }

    /// <summary>From now on whoever claimed the place before writes nothing more.</summary>
    /// <param name="isFinished">
    /// Whether the place holds this study's finished maps: another copy of the publication ended, and took its claim
    /// back.
    /// </param>
    public static DestinationClaim Take(string path, StudyId study, Func<bool> isFinished)
    {
        var claim = new DestinationClaim(path, study, isFinished);
        DurableFile.Write(path, System.Text.Encoding.ASCII.GetBytes(claim._line));
        return claim;
    }

    /// <exception cref="RefusalException">OUTPUT-CONTESTED.</exception>
    public void Require()
    {
        if (Holder()?.Split(' ')[0] is { } holder ? holder == _study : _isFinished()) return;
        throw new RefusalException("OUTPUT-CONTESTED",
            "another study began to publish to the same place in the output folder",
            "one study at a time for each place",
            "choose another --out for one of the two, then submit again");
    }

    /// <summary>Leaves a later claim alone.</summary>
    public void GiveUp()
    {
        if (Holder() == _line) DurableFile.Delete(_path);
    }

    private string? Holder()
    {
        try
        {
            return File.ReadAllText(_path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
