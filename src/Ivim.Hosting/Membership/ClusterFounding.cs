using System.Diagnostics;
using Akka.Cluster;

namespace Ivim.Hosting.Membership;

/// <summary>A seed's part in there being one cluster: it founds one only where the register's is silent.</summary>
/// <param name="interval">Between two looks or beats.</param>
/// <param name="silence">A cluster whose beat stands still that long is taken for gone.</param>
/// <param name="registerAnswers">Hears when the register stops answering, and when it answers again.</param>
public sealed class ClusterFounding(AkkaCluster cluster, ClusterRegister register, TimeSpan interval, TimeSpan silence,
    TimeProvider clock, Action<bool>? registerAnswers = null)
{
    private bool _answers = true;
    private string? _ours;
    private RegisteredCluster? _seen;
    private long _seenSince = clock.GetTimestamp();
    private bool _hasLooked;

    /// <summary>
    /// Completes when this seed is a member of a cluster whose place another one has taken: it must join that one.
    /// </summary>
    public async Task UntilSupersededAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(interval, clock);
        do
        {
            try
            {
                if (_ours is null && !IsMember) await LookAsync(cancellation);
                else if (!await BeatAsync(cancellation)) return;
                Tell(answers: true);
            }
            catch (RegisterAwayException)
            {
                Tell(answers: false);
                // What was not seen for a while may have beaten meanwhile.
                _hasLooked = false;
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation));
        throw new UnreachableException();
    }

    /// <summary>Once for each change: an outage makes no flood of lines.</summary>
    private void Tell(bool answers)
    {
        if (answers != _answers) registerAnswers?.Invoke(answers);
        _answers = answers;
    }

    private bool IsMember => cluster.State.Members.Any(member => member.UniqueAddress == cluster.SelfUniqueAddress
        && member.Status is MemberStatus.Up or MemberStatus.WeaklyUp or MemberStatus.Leaving);

    private async Task LookAsync(CancellationToken cancellation)
    {
        var found = await register.ReadAsync(cancellation);
        if (found != _seen || !_hasLooked) (_seen, _seenSince, _hasLooked) = (found, clock.GetTimestamp(), true);
        if (_seen is not null && clock.GetElapsedTime(_seenSince) < silence) return;
        long asked = clock.GetTimestamp();
        var name = Guid.NewGuid().ToString("N");
        bool isFounder = await register.ReplaceAsync(_seen, name, cancellation);
        // A process that slept meanwhile may be taken for gone by now.
        if (!isFounder || clock.GetElapsedTime(asked) > silence / 2) return;
        _ours = name;
        cluster.Join(cluster.SelfAddress);
    }

    private async Task<bool> BeatAsync(CancellationToken cancellation)
    {
        if (_ours is not null) return await register.BeatAsync(_ours, cancellation);
        if (await register.ReadAsync(cancellation) is not { } found)
            await register.ReplaceAsync(seen: null, Guid.NewGuid().ToString("N"), cancellation);
        else _ours = found.Cluster;
        return true;
    }
}
