using System.Text.Json;
using Ivim.Domain.Protocols;
using Ivim.Hosting.Api;
using Ivim.Hosting.Cohorts;

namespace Ivim.Hosting.Tests.Api;

/// <summary>Studies of a few voxels from three centres, and the request that submits them.</summary>
internal static class SmallCohort
{
    /// <summary>Part of every path, subject and file name: found in manifest and dossiers only.</summary>
    public const string Canary = "MEIER-ANNA-4711";

    public const int Centres = 3, PerCentre = 2;

    /// <param name="folder">Gets the scans; the maps go to `maps` in it.</param>
    public static CohortRequest Write(string folder, string name)
    {
        var entries = Enumerable.Range(0, Centres * PerCentre).Select(number =>
        {
            var subject = $"{Canary}-{number}";
            var study = SmallStudy.Write(Path.Combine(folder, subject), s0: 1000 + number);
            return new CohortManifestEntry
            {
                Centre = $"Centre{number % Centres}",
                Subject = subject,
                Session = number % 2 == 0 ? null : $"{Canary}-session",
                Image = Path.GetRelativePath(folder, study.Image),
                Bvalues = Path.GetRelativePath(folder, study.Bvalues!),
                Mask = Path.GetRelativePath(folder, study.Mask!),
                // One centre does a thing differently.
                Protocol = number % Centres == 2 ? JsonSerializer.SerializeToElement(new { seed = 7 }) : null,
            };
        }).ToList();
        return new CohortRequest
        {
            Name = name,
            Root = folder,
            Output = Path.Combine(folder, "maps"),
            Protocol = Json(SmallStudy.Protocol),
            Entries = entries,
        };
    }

    /// <summary>The image is no image any more.</summary>
    public static void Break(CohortRequest request, int number) =>
        File.WriteAllText(Path.Combine(request.Root, request.Entries[number].Image), $"{Canary}: not an image");

    public static JsonElement Json(Protocol protocol) =>
        JsonSerializer.Deserialize<JsonElement>(ProtocolJson.Write(protocol));
}
