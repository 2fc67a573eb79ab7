using System.Text.Json;
using Ivim.Actors.Stages;
using Ivim.Cli.Mapping;
using Ivim.Domain.Protocols;
using Ivim.Hosting.Api;

namespace Ivim.Cli.Remote;

/// <summary>The options of the command line as a server reads them.</summary>
internal static class Submission
{
    /// <summary>What can be refused here is refused before the server is asked.</summary>
    public static StudyRequest Of(MapOptions options, string? numericClass)
    {
        var protocol = ProtocolChoice.Of(options);
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

    public static JsonElement Json(Protocol protocol) =>
        JsonSerializer.Deserialize<JsonElement>(ProtocolJson.Write(protocol));
}
