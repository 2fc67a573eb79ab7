using Ivim.Imaging.Dicom;
using Ivim.Physics;

namespace Ivim.Imaging.Tests.Dicom;

/// <summary>What every reader behind the port has to do.</summary>
public abstract class DicomReaderContract : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Files => [.. Golden.All.Select(golden => golden.File)];

    protected abstract IDicomReader Reader { get; }

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Elements_and_pixels_are_those_of_pydicom(string file)
    {
        var golden = Golden.Of(file);
        IDicomObject found;
        try
        {
            found = Reader.Read(golden.Open(_folder));
        }
        catch (RefusalException r)
        {
            throw new InvalidOperationException(r.Message);
        }
        Assert.Equal((golden.Elements, golden.Sum), DicomContents.Elements(found.Dataset));
        if (golden.Frames is not { } frames) return;
        Assert.Equal(frames, found.Frames);
        Assert.Equal(golden.Pixels, DicomContents.Frames(found));
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}

public sealed class ManagedDicomReaderTests : DicomReaderContract
{
    protected override IDicomReader Reader { get; } = new Ivim.Imaging.Dicom.Files.ManagedDicomReader();
}
