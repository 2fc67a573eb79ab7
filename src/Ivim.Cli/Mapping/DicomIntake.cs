using Ivim.Hosting.Intake;
using Ivim.Physics;

namespace Ivim.Cli.Mapping;

/// <summary>A DICOM input becomes files of the work folder before it is mapped.</summary>
internal sealed class DicomIntake : IDisposable
{
    private readonly TakenSeries? _taken;
    private readonly FreshFolder[] _folders;

    private DicomIntake(MapOptions options, TakenSeries? taken, params FreshFolder[] folders)
    {
        (_taken, _folders) = (taken, folders);
        Options = taken is null ? options
            : options with { Input = taken.Files.Image, Series = null, Bval = null, Bvec = null };
        Warnings = taken is null ? []
            : [.. taken.Warnings.Select(warning => new Notice(warning.Code, warning.Text))];
    }

    /// <summary>With a NIfTI input, whatever the input was.</summary>
    public MapOptions Options { get; }

    public IReadOnlyList<Notice> Warnings { get; }

    /// <param name="work">The work folder.</param>
    /// <exception cref="RefusalException">The objects are no diffusion series.</exception>
    public static DicomIntake Of(MapOptions options, string work)
    {
        if (DicomOf(options) is not { } input) return new DicomIntake(options, null);
        FreshFolder[] made = [new(Path.Combine(work, "inputs")), new(work)];
        return new DicomIntake(options, new InputFolder(work).Take(input), made);
    }

    /// <summary>The same, with nothing written into the work folder.</summary>
    /// <exception cref="RefusalException">The objects are no diffusion series.</exception>
    public static DicomIntake Look(MapOptions options, string work) => DicomOf(options) is { } input
        ? new DicomIntake(options, new InputFolder(work).Look(input))
        : new DicomIntake(options, null);

    /// <summary>Null where the input is no DICOM.</summary>
    /// <exception cref="RefusalException">USAGE.</exception>
    public static SeriesInput? DicomOf(MapOptions options)
    {
        var input = new SeriesInput(options.Input, options.Series, options.Bval, options.Bvec);
        if (input.IsDicom) return input;
        if (options.Series is not null)
            throw new RefusalException("USAGE", "--series for an input that is no DICOM",
                "a folder of DICOM objects", "leave it out");
        return null;
    }

    /// <summary>The study goes on: its files stay.</summary>
    public void Keep() => _taken?.Keep();

    public void Dispose()
    {
        _taken?.Dispose();
        foreach (var folder in _folders) folder.Dispose();
    }
}
