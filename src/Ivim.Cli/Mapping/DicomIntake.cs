using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Ivim.Cli.Conversion;
using Ivim.Imaging.Gradients;
using Ivim.Physics;

namespace Ivim.Cli.Mapping;

/// <summary>A DICOM input becomes files of the work folder before it is mapped: the very files that `ivim convert`
/// writes, so that both ways are one study.</summary>
/// <remarks>They lie under a name made of their content, since later runs and `fsck` read them again.</remarks>
internal sealed class DicomIntake : IDisposable
{
    private readonly string? _fresh;
    private readonly FreshFolder[] _folders;
    private bool _isKept;

    private DicomIntake(
        MapOptions options, IReadOnlyList<Notice> warnings, string? fresh, params FreshFolder[] folders) =>
        (Options, Warnings, _fresh, _folders) = (options, warnings, fresh, folders);

    /// <summary>With a NIfTI input, whatever the input was.</summary>
    public MapOptions Options { get; }

    public IReadOnlyList<Notice> Warnings { get; }

    /// <param name="work">The work folder.</param>
    /// <exception cref="RefusalException">The objects are no diffusion series.</exception>
    public static DicomIntake Of(MapOptions options, string work)
    {
        var input = new SeriesInput(options.Input, options.Series, options.Bval, options.Bvec);
        if (!input.IsDicom)
        {
            if (options.Series is not null)
                throw new RefusalException("USAGE", "--series for an input that is no DICOM",
                    "a folder of DICOM objects", "leave it out");
            return new DicomIntake(options, [], null);
        }
        var series = input.Read();
        string inputs = Path.Combine(work, "inputs"), folder = Path.Combine(inputs, Name(series));
        FreshFolder[] made = [new(inputs), new(work)];
        var files = SeriesFiles.Named(Path.Combine(folder, "series.nii.gz"));
        bool isFresh = !File.Exists(files.Image);
        if (isFresh) files.Write(series);
        var nifti = options with { Input = files.Image, Series = null, Bval = null, Bvec = null };
        return new DicomIntake(nifti, [.. series.Warnings.Select(warning => new Notice(warning.Code, warning.Text))],
            isFresh ? folder : null, made);
    }

    /// <summary>The study goes on: its files stay.</summary>
    public void Keep() => _isKept = true;

    public void Dispose()
    {
        if (!_isKept && _fresh is not null && Directory.Exists(_fresh)) Directory.Delete(_fresh, recursive: true);
        foreach (var folder in _folders) folder.Dispose();
    }

    private static string Name(ConvertedSeries series)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(series.Image.Header.ToBytes());
        hash.AppendData(MemoryMarshal.AsBytes<float>(series.Image.Voxels));
        hash.AppendData(Encoding.ASCII.GetBytes(GradientText.OfBValues(series.BSecondsPerMm2)));
        if (series.Directions is { } directions)
            hash.AppendData(Encoding.ASCII.GetBytes(GradientText.OfDirections(directions)));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
