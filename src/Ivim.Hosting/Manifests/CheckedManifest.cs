using System.Collections.Immutable;
using Ivim.Domain.Cohorts;

namespace Ivim.Hosting.Manifests;

/// <summary>A manifest that was looked at from end to end.</summary>
/// <param name="Root">Folder that all files lie below, without links.</param>
/// <param name="Entries">Whatever of it can be mapped, in the order of the manifest.</param>
/// <param name="Findings">What has to be mended: nothing starts while there is one.</param>
/// <param name="Centres">Of the entries, sorted by name.</param>
public sealed record CheckedManifest(
    string Root,
    ImmutableArray<ManifestEntry> Entries,
    ImmutableArray<ManifestFinding> Findings,
    ImmutableArray<CentreSummary> Centres);

/// <param name="Tables">How many different lists of b-values its studies have.</param>
public sealed record CentreSummary(string Centre, int Studies, int Tables);
