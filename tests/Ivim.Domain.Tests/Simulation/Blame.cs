using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Domain.Tests.Simulation;

/// <summary>Whom a failed study may blame: nobody gets quarantined for what others or the machines did (I7).</summary>
internal sealed class Blame(World world)
{
    private readonly Dictionary<(StudyId, ItemName), List<double?>> _silences = [];
    private readonly Dictionary<StudyId, HashSet<string>> _crashed = [];

    public static bool IsOfWorkers(string code) => code is "ITEM-CRASHES-WORKERS" or "ITEM-LOSES-WORKERS";

    /// <summary>An item took its worker's process with it.</summary>
    public void NoteCrash(WorkItem item, string node) => Crashed(item.Study).Add(node);

    /// <summary>How many processes a study has crashed.</summary>
    public HashSet<string> Crashed(StudyId study) =>
        _crashed.TryGetValue(study, out var nodes) ? nodes : _crashed[study] = [];

    /// <summary>The queue told an owner that a worker was lost without evidence.</summary>
    public void NoteSilence(WorkItem item, double fraction)
    {
        var key = (item.Study, item.Name);
        if (!_silences.TryGetValue(key, out var list)) _silences[key] = list = [];
        list.Add(fraction);
    }

    public void Check(SimulatedStudy study, StudyEvent.Failed failed)
    {
        bool isJust = failed.Failure.Code switch
        {
            "ITEM-CRASHES-WORKERS" => Crashed(study.Id).Count >= ItemLedger.MaximumCrashedWorkers || MayMistake(study),
            "ITEM-HANGS-WORKERS" => world.Faults.Has(Fault.Hang),
            "ITEM-LOSES-WORKERS" => HasManySilences(study.Id),
            "OUT-OF-MEMORY" => world.Faults.Has(Fault.OutOfMemory),
            "ARTIFACT-LOST" => world.Faults.Has(Fault.LostArtifact) || world.Faults.Has(Fault.PowerFailure),
            "HASH-MISMATCH" => world.Faults.Has(Fault.Flip),
            "TEST" => world.Faults.Has(Fault.ApplicationError),
            _ => false,
        };
        if (!isJust) world.Violate("I7", $"{study.Id} failed with {failed.Failure.Code} at {failed.Item}");
    }

    /// <summary>
    /// A crash is laid to the one item that the queue thinks the process has: another one, where a lease ran out that
    /// its worker still works on. That takes a disturbed network, and twice the same bad luck.
    /// </summary>
    private bool MayMistake(SimulatedStudy study) => !world.Faults.IsNetworkGood
        && world.Studies.Any(other => other.IsPoison && other != study);

    private bool HasManySilences(StudyId study)
    {
        foreach (var (item, fractions) in _silences)
            if (item.Item1 == study && fractions.Count >= ItemLedger.MaximumLostWorkers) return true;
        return false;
    }
}
