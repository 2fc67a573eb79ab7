using System.Globalization;

namespace Ivim.Hosting.Nodes;

/// <summary>What nodes of a real cluster set otherwise than Akka does: times, threads, and who ends what.</summary>
internal static class NodeHocon
{
    public static string Of(NodeOptions options) => $$"""
        akka {
          remote {
            retry-gate-closed-for = 1s
            flush-wait-on-shutdown = 1s
            shutdown-timeout = 4s
            watch-failure-detector {
              heartbeat-interval = {{Seconds(options.Heartbeat)}}
              acceptable-heartbeat-pause = {{Seconds(2 * options.HeartbeatPause)}}
            }
            dot-netty.tcp.connection-timeout = 3s
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
