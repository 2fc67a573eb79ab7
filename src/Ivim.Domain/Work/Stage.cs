namespace Ivim.Domain.Work;

/// <summary>The stages of a study. The numbers are on the wire and never change.</summary>
public enum Stage
{
    None = 0,

    /// <summary>Read, validate, mask, average, normalise, cut into slabs.</summary>
    Prepare = 1,

    /// <summary>Train a member on the study, train or apply it on a slab, or fit a slab classically.</summary>
    Train = 2,

    /// <summary>Merge the members of a slab.</summary>
    Merge = 3,

    /// <summary>Put the slabs together, polished or not, and write every output file.</summary>
    Assemble = 4,

    /// <summary>Bring the files to their destination.</summary>
    Publish = 5,

    /// <summary>Run a spatial prior over the merged maps of the whole study; comes before the assembly.</summary>
    Polish = 6,

    /// <summary>
    /// Train a member on simulated signals of the b-value table, for every study with that table; comes after the
    /// preparation.
    /// </summary>
    Start = 7,
}

public static class Stages
{
    public static IReadOnlyList<Stage> InOrder { get; } =
        [Stage.Prepare, Stage.Start, Stage.Train, Stage.Merge, Stage.Polish, Stage.Assemble, Stage.Publish];

    /// <summary>The stage's name on the command line, in reports and in content keys.</summary>
    public static string NameOf(Stage stage) => stage switch
    {
        Stage.Prepare => "prepare",
        Stage.Start => "start",
        Stage.Train => "train",
        Stage.Merge => "merge",
        Stage.Polish => "polish",
        Stage.Assemble => "assemble",
        Stage.Publish => "publish",
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "not a stage"),
    };
}
