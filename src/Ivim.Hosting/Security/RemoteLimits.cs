using Akka.Configuration;

namespace Ivim.Hosting.Security;

/// <summary>What a peer may send, and how much of it.</summary>
/// <remarks>
/// Untrusted mode drops remote deployment, system messages that end actors, and selections; the cluster's own
/// protocols work by selection, so their actors, and no others, are named.
/// </remarks>
public static class RemoteLimits
{
    /// <summary>Largest message in bytes; a longer frame is refused by its length, before it is stored.</summary>
    public const int FrameBytes = 1 << 20;

    public static string Hocon { get; } = $$"""
        akka.remote {
          untrusted-mode = on
          trusted-selection-paths = [{{string.Join(", ", Selections.Select(path => $"\"{path}\""))}}]
          dot-netty.tcp {
            maximum-frame-size = {{FrameBytes}}b
            send-buffer-size = {{2 * FrameBytes}}b
            receive-buffer-size = {{2 * FrameBytes}}b
            connection-timeout = 10s
            backlog = 128
          }
        }
        """;

    public static Config Config => ConfigurationFactory.ParseString(Hocon);

    private static string[] Selections =>
    [
        "/system/cluster/core/daemon",
        "/system/cluster/heartbeatReceiver",
        "/user/work-queue",
        "/user/work-queue/work-queue",
        "/system/ddataReplicator",
        "/system/sharding/replicator",
        "/system/sharding/seedReplicator",
        "/system/sharding/aggregator",
        "/system/sharding/study",
        "/system/sharding/cohort",
        "/system/sharding/aggregatorCoordinator",
        "/system/sharding/studyCoordinator",
        "/system/sharding/cohortCoordinator",
        "/system/sharding/aggregatorCoordinator/singleton/coordinator",
        "/system/sharding/studyCoordinator/singleton/coordinator",
        "/system/sharding/cohortCoordinator/singleton/coordinator",
    ];
}
