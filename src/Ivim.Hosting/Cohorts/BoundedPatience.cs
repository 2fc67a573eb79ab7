using Ivim.Actors.Cohorts;
using Ivim.Hosting.Submissions;

namespace Ivim.Hosting.Cohorts;

/// <summary>Asks for some seconds; then the cohort does something else and comes back.</summary>
internal sealed class BoundedPatience : IPatience
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(10);

    public const string Silent = "CLUSTER-SILENT: found no answer from the node that holds the study; expected an "
        + "answer within seconds; it is asked again.";

    public Task BeforeTryAsync(TimeSpan waited, CancellationToken cancellation) => waited <= Most
        ? Task.CompletedTask : throw new EntryDelayedException("CLUSTER-SILENT", Silent);
}
