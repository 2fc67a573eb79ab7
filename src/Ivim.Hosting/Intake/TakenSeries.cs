using System.Collections.Immutable;
using Ivim.Actors.Artifacts;
using Ivim.Imaging.Volumes;

namespace Ivim.Hosting.Intake;

/// <summary>A DICOM input as files that a study can be made of.</summary>
public sealed class TakenSeries : IDisposable
{
    private readonly SeriesInput _input;
    private readonly bool _hasDirections;
    private readonly string? _fresh;
    private bool _isKept;

    /// <param name="fresh">The folder that was made for it; null where the files were there.</param>
    internal TakenSeries(SeriesInput input, ConvertedSeries series, SeriesFiles files, string? fresh)
    {
        (_input, _fresh, Files, Warnings) = (input, fresh, files, series.Warnings);
        _hasDirections = series.Directions is not null;
    }

    /// <summary>Where it lies.</summary>
    public SeriesFiles Files { get; }

    /// <summary>Of the reading.</summary>
    public ImmutableArray<InputWarning> Warnings { get; }

    /// <summary>The study that it is the source of.</summary>
    public StudyDossier Dossier(string? mask, string output, string name) =>
        new(Files.Image, Files.BValues, _hasDirections ? Files.BVectors : null, mask, output, name,
            Origin: new StudyOrigin(_input.Path, _input.BValues, _input.BVectors));

    /// <summary>The study goes on: its files stay.</summary>
    public void Keep() => _isKept = true;

    /// <summary>Takes away what was made, unless it is kept.</summary>
    public void Dispose()
    {
        if (!_isKept && _fresh is not null && Directory.Exists(_fresh)) Directory.Delete(_fresh, recursive: true);
    }
}
