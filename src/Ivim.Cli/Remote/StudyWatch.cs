using Ivim.Cli.Mapping;
using Ivim.Hosting.Api;

namespace Ivim.Cli.Remote;

/// <summary>Follows a study until it ends, over restarts of its server.</summary>
internal sealed class StudyWatch(StudyServer server, TimeProvider clock)
{
    /// <summary>So long a server that has answered before may be silent: restarts end within it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <param name="heldUp">Hears what holds the study up whenever that changes; null when it goes on.</param>
    /// <param name="isKnown">Whether the server has answered already; if not, it is not waited for.</param>
    /// <returns>The study when it is running no more.</returns>
    public async Task<StudyView> FollowAsync(string study, bool isKnown,
        IProgress<IReadOnlyList<StageProgress>> progress, Action<CodedLine?> heldUp, CancellationToken cancellation)
    {
        string? said = null;
        long heard = clock.GetTimestamp();
        while (true)
        {
            try
            {
                var view = await server.ViewAsync(study, cancellation);
                (isKnown, heard) = (true, clock.GetTimestamp());
                progress.Report(RemoteReport.Progress(view.Stages));
                if (view.Phase != StudyPhases.Running) return view;
                if (view.Failure?.Code != said) heldUp(view.Failure);
                said = view.Failure?.Code;
            }
            catch (ServerException e) when (e.IsPassing && isKnown && clock.GetElapsedTime(heard) < Patience)
            {
            }
            await Task.Delay(Interval, clock, cancellation);
        }
    }
}
