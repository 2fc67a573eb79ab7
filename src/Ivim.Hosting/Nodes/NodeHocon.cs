using System.Globalization;

namespace Ivim.Hosting.Nodes;

/// <summary>What nodes of a real cluster set otherwise than Akka does, and why.</summary>
internal static class NodeHocon
{
    /// <summary>
    /// Largest message between nodes. Ours hold counts, hashes and keys; the largest, a merge of a thousand slabs, is
    /// below a quarter of it.
    /// </summary>
    public const int LargestFrameBytes = 1 << 20;

    /// <summary>
    /// In untrusted mode a stranger's message reaches nobody whose reference it does not hold, but for these: what
    /// the cluster itself looks up by path. `user` holds no path but the queue's singleton manager.
    /// </summary>
    private static readonly string[] TrustedPaths =
    [
        "/system/cluster/core/daemon",
        "/system/cluster/heartbeatReceiver",
        "/system/sharding/seedReplicator",
        "/system/sharding/replicator",
        "/system/sharding/studyCoordinator",
        "/system/sharding/studyCoordinator/singleton",
        "/system/sharding/studyCoordinator/singleton/coordinator",
        "/system/sharding/aggregatorCoordinator",
        "/system/sharding/aggregatorCoordinator/singleton",
        "/system/sharding/aggregatorCoordinator/singleton/coordinator",
        "/user/work-queue",
        "/user/work-queue/work-queue",
    ];

    public static string Of(NodeOptions options) => $$"""
        akka {
          remote {
            untrusted-mode = on
            trusted-selection-paths = [{{string.Join(", ", TrustedPaths.Select(path => $"\"{path}\""))}}]
            retry-gate-closed-for = 1s
            flush-wait-on-shutdown = 1s
            shutdown-timeout = 4s
            watch-failure-detector {
              heartbeat-interval = {{Seconds(options.Heartbeat)}}
              acceptable-heartbeat-pause = {{Seconds(2 * options.HeartbeatPause)}}
            }
            dot-netty.tcp {
              connection-timeout = 3s
              maximum-frame-size = {{LargestFrameBytes}}b
              send-buffer-size = {{2 * LargestFrameBytes}}b
              receive-buffer-size = {{2 * LargestFrameBytes}}b
            }
          }
          # Joining, gossip and heartbeats have threads of their own: neither a stage nor a slow log holds them up.
          actor.internal-dispatcher {
            executor = fork-join-executor
            type = ForkJoinDispatcher
            throughput = 5
            dedicated-thread-pool { thread-count = 4, threadtype = background }
          }
          cluster {
            seed-node-timeout = {{Seconds(Within(options.HeartbeatPause, 2, 5))}}
            retry-unsuccessful-join-after = 2s
            shutdown-after-unsuccessful-join-seed-nodes = off
            # NodeLife ends the actor system of a node that was taken out, and starts another one.
            run-coordinated-shutdown-when-down = off
            gossip-interval = {{Seconds(Within(options.Heartbeat, 0.2, 1))}}
            leader-actions-interval = {{Seconds(Within(options.Heartbeat, 0.2, 1))}}
            unreachable-nodes-reaper-interval = {{Seconds(Within(options.Heartbeat, 0.2, 1))}}
            # The journal fences a node that was taken out and does not know it yet, so the others need not wait.
            down-removal-margin = 1s
            failure-detector {
              heartbeat-interval = {{Seconds(options.Heartbeat)}}
              acceptable-heartbeat-pause = {{Seconds(options.HeartbeatPause)}}
              expected-response-after = {{Seconds(options.Heartbeat)}}
              threshold = 8.0
            }
            singleton.hand-over-retry-interval = 500ms
            singleton-proxy {
              singleton-identification-interval = 500ms
              buffer-size = 1000
              log-singleton-identification-failure = off
            }
            sharding {
              distributed-data.durable.keys = []
              retry-interval = 500ms
              passivate-idle-entity-after = off
              entity-restart-backoff = 2s
              shard-failure-backoff = 2s
              coordinator-failure-backoff = 2s
              handoff-timeout = 10s
              rebalance-interval = 5s
            }
          }
          coordinated-shutdown {
            run-by-actor-system-terminate = off
            run-by-clr-shutdown-hook = off
            exit-clr = off
            default-phase-timeout = 4s
            phases {
              cluster-sharding-shutdown-region.timeout = 5s
              cluster-exiting.timeout = 5s
            }
          }
        }
        """;

    private static TimeSpan Within(TimeSpan time, double least, double most) =>
        TimeSpan.FromSeconds(Math.Clamp(time.TotalSeconds, least, most));

    private static string Seconds(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0}ms");
}
