namespace Ivim.Learning;

/// <summary>How far a training is.</summary>
/// <param name="Steps">Steps of the recipe; a stopping rule may end it before.</param>
/// <param name="Loss">Loss of the last step's batch.</param>
public readonly record struct TrainingProgress(int Step, int Steps, double Loss);

/// <summary>
/// Looks in on a training from its own thread, between two steps. It may take as long as it likes: the training
/// waits. It changes no number.
/// </summary>
public sealed record TrainingWatch
{
    public static TrainingWatch None { get; } = new();

    public int EverySteps { get; init; } = 50;

    /// <summary>Called every so many steps; true asks for the state.</summary>
    public Func<TrainingProgress, bool> Look { get; init; } = _ => false;

    /// <summary>Receives the state that was asked for: copies, to keep or to write.</summary>
    public Action<TrainingState> Keep { get; init; } = _ => { };
}
