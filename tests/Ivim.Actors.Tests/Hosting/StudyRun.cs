using Ivim.Actors.Artifacts;
using Ivim.Actors.Stages;
using Ivim.Domain.Protocols;
using Ivim.Hosting;

namespace Ivim.Actors.Tests.Hosting;

/// <summary>Maps a study on a cluster of one node, as `ivim map` does, and ends the node abruptly.</summary>
internal static class StudyRun
{
    /// <summary>Only a hang takes so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Runs to the end.</summary>
    public static async Task<StudyOutcome> FinishAsync(
        string work, StudyDossier dossier, Protocol protocol, int workers = 2) =>
        await RunAsync(work, dossier, protocol, _ => false, workers)
            ?? throw new InvalidOperationException("nobody interrupted it");

    /// <summary>Runs until a progress is seen that the caller wants to interrupt; null if it came to that.</summary>
    public static async Task<StudyOutcome?> RunAsync(string work, StudyDossier dossier, Protocol protocol,
        Predicate<int> killWhenDone, int workers = 2)
    {
        using var interrupted = new CancellationTokenSource();
        using var timed = new CancellationTokenSource(Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interrupted.Token, timed.Token);
        using var folder = WorkFolder.Open(work);
        await using var node = await EmbeddedNode.StartAsync(
            new EmbeddedOptions(work, Workers: workers, Device: "cpu"), folder, either.Token);
        var submission = new StudySubmission(SourceHash.Of(dossier), ProtocolJson.Write(protocol), dossier);
        try
        {
            return await new StudyClient(node, TimeProvider.System).MapAsync(submission, new Destination(dossier).Holds,
                new Interruption(killWhenDone, interrupted), either.Token);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            return null;
        }
    }

    private sealed class Interruption(Predicate<int> killWhenDone, CancellationTokenSource interrupted)
        : IProgress<StudySnapshot>
    {
        public void Report(StudySnapshot value)
        {
            if (killWhenDone(value.Stages.Sum(stage => stage.Done))) interrupted.Cancel();
        }
    }
}
