namespace Ivim.Imaging.Dicom.Files;

/// <summary>One element as it lies in the file.</summary>
/// <param name="Value">Empty for pixel data, which stay in the file, and for sequences of an explicit file.</param>
/// <param name="Items">Null where the value is no sequence.</param>
internal sealed record DicomElement(
    DicomTag Tag, ValueForm Form, ReadOnlyMemory<byte> Value, IReadOnlyList<DicomDataset>? Items = null);
