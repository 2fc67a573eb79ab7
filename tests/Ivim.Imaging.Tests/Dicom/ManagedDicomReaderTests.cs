using Ivim.Imaging.Dicom;
using Ivim.Imaging.Dicom.Files;

namespace Ivim.Imaging.Tests.Dicom;

public sealed class ManagedDicomReaderTests : DicomReaderContract
{
    protected override IDicomReader Reader { get; } = new ManagedDicomReader();
}
