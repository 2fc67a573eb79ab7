namespace Ivim.Imaging.Dicom.Files;

/// <summary>Reads DICOM files without any library: PS3.10 files, and bare data sets without preamble or meta
/// information.</summary>
/// <remarks>Safe for several threads. An object reads its file again for each frame, and holds no handle between.
/// </remarks>
public sealed class ManagedDicomReader(DicomLimits? limits = null) : IDicomReader
{
    private readonly DicomLimits _limits = limits ?? DicomLimits.Default;

    public IDicomObject Read(string path)
    {
        using var file = new FileBytes(path);
        var tally = new Tally(_limits.Elements);
        var cursor = new ByteCursor(file, 0);
        var syntax = FileStart.Read(cursor, _limits, tally);
        IDicomBytes Reopen() => Unchanged(new FileBytes(path), file.Length);
        if (!syntax.IsDeflated) return Parse(cursor, syntax, tally, Reopen);
        var inflated = new InflatedBytes(path, cursor.Position, _limits.InflatedBytes);
        return Parse(new ByteCursor(inflated, 0), syntax, tally, () => inflated);
    }

    private DicomFileObject Parse(ByteCursor cursor, TransferSyntax syntax, Tally tally, Func<IDicomBytes> reopen)
    {
        cursor.IsBigEndian = syntax.IsBigEndian;
        var parser = new DatasetParser(cursor, _limits, tally);
        var dataset = parser.Dataset(syntax.IsExplicit, cursor.Length);
        return new DicomFileObject(syntax, dataset, parser.Pixels, reopen, _limits);
    }

    private static FileBytes Unchanged(FileBytes file, long length)
    {
        if (file.Length == length) return file;
        file.Dispose();
        throw DicomRefusals.Changed();
    }
}
