using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ivim.Hosting.Api;

/// <summary>A submission. Paths are absolute, and as the servers and workers see them.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record StudyRequest
{
    /// <summary>4-D NIfTI, or DICOM objects: a folder, a DICOMDIR or one object.</summary>
    public required string Image { get; init; }

    /// <summary>Which series of DICOM objects: a number of their listing, or its UID.</summary>
    public string? Series { get; init; }

    /// <summary>Needed for NIfTI; the objects of DICOM may tell them.</summary>
    public string? Bvalues { get; init; }

    public string? Bvectors { get; init; }

    public string? Mask { get; init; }

    /// <summary>The derivative dataset that the maps are published to.</summary>
    public required string Output { get; init; }

    /// <summary>BIDS name that the outputs take their entities from, for example `sub-01_ses-02_dwi`.</summary>
    public required string Name { get; init; }

    /// <summary>The protocol's JSON object.</summary>
    public required JsonElement Protocol { get; init; }

    /// <summary>The class of workers whose results are wanted; null: the server's choice.</summary>
    public string? NumericClass { get; init; }
}
