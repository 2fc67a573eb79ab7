using System.Collections.Immutable;
using Ivim.Actors.Artifacts;
using Ivim.Actors.Stages;
using Ivim.Domain.Planning;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Hosting.Journals;
using Ivim.Imaging.Nifti;
using Ivim.Imaging.Volumes;
using Ivim.Hosting.Submissions;
using Ivim.Physics;

namespace Ivim.Hosting.Planning;

/// <summary>A study that may be submitted or not.</summary>
/// <param name="ProtocolDocument">Canonical JSON.</param>
public sealed record WantedStudy(
    StudySource Source, string ProtocolDocument, string NumericClass, StudyDossier Dossier)
{
    public StudyId Study =>
        StudyId.Of(Source, ProtocolJson.Reference(ProtocolDocument).Sha256, NumericClass);

    /// <summary>As it would be sent now; its time reaches no forecast.</summary>
    public StudyCommand.Submit Submission => new(Study, Source, ProtocolDocument, NumericClass, default);

    /// <summary>Reads every source file: its hash is part of the study's name.</summary>
    /// <exception cref="RefusalException">FILE-UNREADABLE.</exception>
    public static WantedStudy Of(StudyDossier dossier, Protocol protocol, string numericClass) =>
        new(SourceFiles.Reading(() => SourceHash.Of(dossier)), ProtocolJson.Write(protocol), numericClass, dossier);

    /// <param name="record">As the journal tells the very study.</param>
    /// <param name="isDelivered">Whether the destination holds these maps; asked of a published study.</param>
    /// <returns>None where the study is quarantined.</returns>
    internal ImmutableArray<ForecastItem> Forecast(StudyRecord record, IKnownResults known,
        Func<Destination, ImmutableArray<PublishedMap>, bool> isDelivered) =>
        StudyForecast.Of(Submission, record.Study, record.Maps, known, Slabs,
            maps => isDelivered(new Destination(Dossier), maps));

    /// <summary>By the image's header; what rules the study out before a voxel is read is heard of here.</summary>
    /// <exception cref="RefusalException">FILE-UNREADABLE, or as the preparation's.</exception>
    private int Slabs()
    {
        var protocol = ProtocolJson.Read(ProtocolDocument);
        return SourceFiles.Reading(() =>
        {
            InputCheck.Require(Dossier, protocol);
            int slices = NiftiFile.ReadHeader(Dossier.Image).Shape.Slices;
            return SlabLayout.Cut(slices, protocol.Slabs.Slices, protocol.Slabs.Halo).Length;
        });
    }
}
