using Ivim.Physics;

namespace Ivim.Imaging.Dicom;

/// <summary>One DICOM object, as a reader gives it: its elements, and its frames on demand.</summary>
/// <remarks>The port that a library behind it may fill; the same contract tests hold every reader.</remarks>
public interface IDicomObject
{
    string TransferSyntax { get; }

    IDicomDataset Dataset { get; }

    /// <summary>Number of frames that the elements announce, also where the pixels are missing; 0 for an object that
    /// is no image.</summary>
    int Frames { get; }

    /// <summary>
    /// Stored values of one frame, before any rescaling.
    /// </summary>
    /// <param name="frame">From 0.</param>
    /// <exception cref="RefusalException">DICOM-...: the pixels are cut off, damaged, lossy, or packed in a way that
    /// nothing here can unpack.</exception>
    DicomFrame Frame(int frame);
}

/// <summary>The stored values of one frame: integers, or 32- or 64-bit floating point.</summary>
/// <param name="Integers">[row, column], sign-extended; null where the values are floating point.</param>
/// <param name="Floats">[row, column]; null where the values are integers.</param>
public sealed record DicomFrame(int Rows, int Columns, int[]? Integers, double[]? Floats);

/// <summary>Reads DICOM files.</summary>
public interface IDicomReader
{
    /// <summary>Elements now, pixels when they are asked for.</summary>
    /// <exception cref="RefusalException">DICOM-NOT-DICOM, DICOM-TRUNCATED or another refusal of docs/errors.md.
    /// </exception>
    IDicomObject Read(string path);
}
