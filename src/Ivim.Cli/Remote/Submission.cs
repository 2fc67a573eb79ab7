using System.Text.Json;
using Ivim.Actors.Stages;
using Ivim.Cli.Mapping;
using Ivim.Domain.Protocols;
using Ivim.Hosting.Api;
using Ivim.Hosting.Intake;

namespace Ivim.Cli.Remote;

/// <summary>The options of the command line as a server reads them.</summary>
internal static class Submission
{
    /// <summary>What can be refused here is refused before the server is asked.</summary>
    public static StudyRequest Of(MapOptions options, string? numericClass)
    {
        var protocol = ProtocolChoice.Of(options);
        if (DicomIntake.DicomOf(options) is { } objects) return OfDicom(options, objects, protocol, numericClass);
        var dossier = MapInput.Find(options);
        InputCheck.Require(dossier, protocol);
        return new StudyRequest
        {
            Image = dossier.Image,
            Bvalues = dossier.BValues,
            Bvectors = dossier.BVectors,
            Mask = dossier.Mask,
            Output = dossier.Output,
            Name = dossier.Name,
            Protocol = Json(protocol),
            NumericClass = numericClass,
        };
    }

    /// <summary>The server makes files of it, where its workers find them.</summary>
    private static StudyRequest OfDicom(
        MapOptions options, SeriesInput objects, Protocol protocol, string? numericClass)
    {
        var request = new StudyRequest
        {
            Image = Path.GetFullPath(options.Input),
            Series = options.Series,
            Bvalues = MapInput.Existing(options.Bval, "--bval"),
            Bvectors = MapInput.Existing(options.Bvec, "--bvec"),
            Mask = MapInput.Existing(options.Mask, "--mask"),
            Output = Path.GetFullPath(options.Out),
            Name = MapInput.Name(options, "").ToString(),
            Protocol = Json(protocol),
            NumericClass = numericClass,
        };
        var outline = objects.Outline();
        InputCheck.Require(
            outline.Header, outline.BSecondsPerMm2, outline.Directions?.Length, request.Mask, protocol);
        return request;
    }

    public static JsonElement Json(Protocol protocol) =>
        JsonSerializer.Deserialize<JsonElement>(ProtocolJson.Write(protocol));
}
