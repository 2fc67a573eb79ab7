using Ivim.Actors.Artifacts;
using Ivim.Actors.Tests.Studies;
using Ivim.Actors.Work;
using Ivim.Domain.Work;
using Ivim.Physics;

namespace Ivim.Actors.Tests.Work;

public sealed class FailureClassesTests
{
    private const int NoSpace = 28, QuotaExceeded = 122, InputOutput = 5, WindowsDiskFull = unchecked((int)0x80070070);

    private static readonly ItemName Item = ItemName.Maps(3, 2);

    public static TheoryData<string, FailureClass, Exception> Cases { get; } = new()
    {
        { "NIFTI-TRUNCATED", FailureClass.BadInput, new RefusalException("NIFTI-TRUNCATED", "a", "b", "c") },
        { "ARTIFACT-LOST", FailureClass.LostInput, new LostArtifactException(Example.Artifact("weights")) },
        { "OUT-OF-MEMORY", FailureClass.OutOfMemory, new InsufficientMemoryException() },
        { "DISK-FULL", FailureClass.Infrastructure, new IOException("no space", NoSpace) },
        { "DISK-FULL", FailureClass.Infrastructure, new IOException("quota", QuotaExceeded) },
        { "DISK-FULL", FailureClass.Infrastructure, new IOException("disk full", WindowsDiskFull) },
        { "DISK-FULL", FailureClass.Infrastructure, new AggregateException(new IOException("no space", NoSpace)) },
        { "STORAGE-FAILED", FailureClass.Infrastructure, new IOException("i/o error", InputOutput) },
        { "STORAGE-FAILED", FailureClass.Infrastructure, new DirectoryNotFoundException() },
        { "STORAGE-FAILED", FailureClass.Infrastructure, new EndOfStreamException() },
        { "STORAGE-DENIED", FailureClass.Infrastructure, new UnauthorizedAccessException() },
        { "STAGE-FAILED", FailureClass.Application, new InvalidOperationException("a defect") },
        { "STAGE-FAILED", FailureClass.Application, new KeyNotFoundException() },
        { "STAGE-FAILED", FailureClass.Application, new OperationCanceledException() },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_exception_has_a_class_a_code_and_one_line(string code, FailureClass kind, Exception fault)
    {
        var failure = FailureClasses.Of(fault, Item);
        Assert.Equal((code, kind), (failure.Code, failure.Class));
        Assert.StartsWith(code + ": ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void A_lost_artifact_is_named_so_that_its_maker_can_be_found()
    {
        var artifact = Example.Artifact("weights");
        Assert.Equal(artifact.Sha256, FailureClasses.Of(new LostArtifactException(artifact), Item).LostArtifact);
    }
}
