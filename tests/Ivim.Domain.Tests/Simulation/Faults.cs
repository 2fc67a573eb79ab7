namespace Ivim.Domain.Tests.Simulation;

/// <summary>What can go wrong, or make the run another one.</summary>
internal enum Fault
{
    Loss,
    Duplication,
    Delay,
    OneWayPartition,
    Partition,
    OwnerCrash,
    TwinOwner,
    QueueRestart,
    ClockJump,
    Kill,
    KillStorm,
    Pause,
    CutOff,
    Drain,
    PowerFailure,
    LostArtifact,
    BadCheckpoint,
    JournalRefusal,
    JournalHang,
    JournalUnknown,
    ApplicationError,
    Infrastructure,
    OutOfMemory,
    Hang,
    Flip,
    SlowWorker,
    Poison,
    Cancellation,
    Upgrade,
    TwoClasses,
    PublishAgain,
    Start,
}

/// <summary>Which faults a run has and how strong: each seed draws its own mix, so that rare pairs meet.</summary>
internal sealed class Faults
{
    private static readonly int Count = Enum.GetValues<Fault>().Length;

    /// <summary>The most that a seed may have: a chance for each letter, write or run, or each second.</summary>
    private static readonly Dictionary<Fault, double> Strongest = new()
    {
        [Fault.Loss] = 0.2, [Fault.Duplication] = 0.2, [Fault.Delay] = 0.2,
        [Fault.OneWayPartition] = 0.06, [Fault.Partition] = 0.06,
        [Fault.OwnerCrash] = 0.15, [Fault.TwinOwner] = 0.1, [Fault.QueueRestart] = 0.06, [Fault.ClockJump] = 0.1,
        [Fault.Kill] = 0.12, [Fault.KillStorm] = 0.03, [Fault.Pause] = 0.1, [Fault.CutOff] = 0.1, [Fault.Drain] = 0.08,
        [Fault.PowerFailure] = 0.04, [Fault.LostArtifact] = 0.05, [Fault.BadCheckpoint] = 0.1,
        [Fault.JournalRefusal] = 0.1, [Fault.JournalHang] = 0.1, [Fault.JournalUnknown] = 0.1,
        [Fault.ApplicationError] = 0.1, [Fault.Infrastructure] = 0.1, [Fault.OutOfMemory] = 0.15, [Fault.Hang] = 0.03,
        [Fault.Flip] = 0.3,
    };

    private readonly double[] _strengths = new double[Count];

    public static Faults None { get; } = new();

    public double this[Fault fault] => _strengths[(int)fault];

    public bool Has(Fault fault) => _strengths[(int)fault] > 0;

    public bool IsNone => Array.TrueForAll(_strengths, strength => strength == 0);

    /// <summary>Every word of a worker arrives, and soon.</summary>
    public bool IsNetworkGood => !Has(Fault.Loss) && !Has(Fault.Delay) && !Has(Fault.Partition)
        && !Has(Fault.OneWayPartition) && !Has(Fault.CutOff) && !Has(Fault.Pause) && !Has(Fault.QueueRestart)
        && !Has(Fault.PowerFailure);

    public static Faults Draw(Dice dice)
    {
        var faults = new Faults();
        double density = dice.Between(0.05, 0.6);
        for (int fault = 0; fault < Count; fault++)
        {
            if (dice.Chance(density)) faults.Add((Fault)fault, dice.Between(0.2, 1));
        }
        return faults;
    }

    /// <summary>These alone, at full strength.</summary>
    public static Faults Of(params ReadOnlySpan<Fault> chosen)
    {
        var faults = new Faults();
        foreach (var fault in chosen) faults.Add(fault, 1);
        return faults;
    }

    public override string ToString() => IsNone ? "None" : string.Join(',', Enum.GetValues<Fault>().Where(Has));

    private void Add(Fault fault, double share) =>
        _strengths[(int)fault] = share * Strongest.GetValueOrDefault(fault, 1);
}
