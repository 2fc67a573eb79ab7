using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Hosting.Api;

/// <summary>What the queue tells of the work on all studies; nothing where it is silent.</summary>
internal sealed record WorkAtHand(
    IReadOnlyList<LeaseShare> Leases, IReadOnlyList<UnfitItems> Unfit, IReadOnlyList<WorkerLabels> Workers)
{
    public const string Code = "NO-WORKER-FITS";

    /// <summary>So many classes of workers are named, and stage versions of one class.</summary>
    private const int MostNamed = 5;

    public static WorkAtHand Unknown { get; } = new([], [], []);

    public static WorkAtHand Of(QueueLoad load) => new(
        [.. load.Workers.Where(worker => worker.Item is not null)
            .Select(worker => new LeaseShare(worker.Item!.Value, worker.Fraction, worker.Worker.Name))],
        load.Unfit, [.. load.Workers.Select(worker => worker.Worker)]);

    /// <summary>Why a study waits although there may be workers; null where one of them fits.</summary>
    public CodedLine? MisfitOf(StudyId study)
    {
        if (Unfit.FirstOrDefault(items => items.Studies.Contains(study)) is not { } wanted) return null;
        return new CodedLine(Code, $"{Code}: found {Connected(wanted)}; expected a worker of class "
            + $"{wanted.NumericClass} that runs {wanted.StageVersion}; {Remedy(wanted)}.");
    }

    private string Connected(UnfitItems wanted)
    {
        if (Workers.Count == 0) return "no worker in the cluster";
        var peers = Workers.Where(worker => worker.NumericClass == wanted.NumericClass).ToList();
        if (peers.Count > 0)
            return $"only workers of the class with other stage versions ({Some(VersionsLike(wanted, peers))})";
        return $"only workers of {Some(Workers.Select(worker => worker.NumericClass))}";
    }

    private static List<string> VersionsLike(UnfitItems wanted, List<WorkerLabels> peers)
    {
        var stage = wanted.StageVersion.Split('/')[0] + "/";
        var like = peers.SelectMany(worker => worker.StageVersions)
            .Where(version => version.StartsWith(stage, StringComparison.Ordinal)).ToList();
        return like.Count > 0 ? like : ["none of this stage"];
    }

    private string Remedy(UnfitItems wanted) => Workers.Any(worker => worker.NumericClass == wanted.NumericClass)
        ? "start workers of the release that the study was submitted to, or submit it again to this one"
        : "start such a worker, or cancel the study and submit it for a class that there is with --numeric-class";

    private static string Some(IEnumerable<string> names)
    {
        var all = names.Distinct().Order(StringComparer.Ordinal).ToList();
        return string.Join(", ", all.Take(MostNamed)) + (all.Count > MostNamed ? " and others" : "");
    }
}

/// <summary>How much of an item its worker has done, 0 to 1.</summary>
internal readonly record struct LeaseShare(ItemId Item, double Fraction, string Worker);
