using System.Text;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using Akka.Serialization;
using Ivim.Actors.Wire;
using Ivim.Domain.Studies;

namespace Ivim.Actors.Tests.Wire;

/// <summary>The wire inside a cluster-enabled actor system: what resolves to which serializer.</summary>
public sealed class WireConfigTests(WiredSystem wired) : IClassFixture<WiredSystem>
{
    private readonly Serialization _serialization = wired.System.Serialization;

    [Fact]
    public void Every_message_goes_through_our_serializer_and_back()
    {
        foreach (var row in WireTable.Rows)
        {
            var message = GoldenMessages.ByManifest[row.Manifest];
            var serializer = Assert.IsType<IvimSerializer>(_serialization.FindSerializerFor(message));
            var back = _serialization.Deserialize(serializer.ToBinary(message), 7301, serializer.Manifest(message));

            Assert.Equal(MessageText.Of(message), MessageText.Of(back));
        }
    }

    [Fact]
    public void Neither_serializer_number_ever_changes()
    {
        Assert.Equal(7301, _serialization.FindSerializerForType(typeof(StudyEvent)).Identifier);
        Assert.Equal(1, _serialization.FindSerializerForType(typeof(object)).Identifier);
    }

    [Fact]
    public void A_message_without_a_row_may_not_leave()
    {
        var serializer = _serialization.FindSerializerFor(new Stranger());

        Assert.IsType<DenyAllSerializer>(serializer);
        Assert.Throws<WireException>(() => serializer.ToBinary(new Stranger()));
        Assert.Throws<WireException>(() => _serialization.Serialize(new Stranger()));
    }

    [Fact]
    public void A_crafted_json_payload_creates_no_object_and_runs_no_setter()
    {
        Stranger.SettersRun = 0;
        var name = $"{typeof(Stranger).FullName}, {typeof(Stranger).Assembly.GetName().Name}";
        var payload = Encoding.UTF8.GetBytes($"{{\"$type\":\"{name}\",\"Text\":\"pwned\"}}");

        foreach (var manifest in new[] { "", name, "System.Object", typeof(StudyEvent).AssemblyQualifiedName! })
            Assert.ThrowsAny<Exception>(() => _serialization.Deserialize(payload, 1, manifest));
        Assert.Throws<WireException>(() => _serialization.Deserialize(payload, 1, typeof(Stranger)));
        Assert.Equal(0, Stranger.SettersRun);
    }

    [Fact]
    public void A_clr_type_name_is_no_manifest_of_ours()
    {
        Assert.Throws<WireException>(() =>
            _serialization.Deserialize([], 7301, typeof(Stranger).AssemblyQualifiedName!));
    }

    [Fact]
    public void What_akka_sends_itself_still_has_a_serializer_of_its_own()
    {
        object[] ofAkka =
        [
            new ShardRegion.StartEntity("st-1"), new ShardingEnvelope("st-1", "payload"), PoisonPill.Instance,
            new Identify("id"), new Status.Success("done"),
        ];

        Assert.All(ofAkka, message =>
            Assert.IsNotType<DenyAllSerializer>(_serialization.FindSerializerFor(message)));
    }

    private sealed class Stranger
    {
        public static int SettersRun { get; set; }

        public string Text
        {
            get => "";
            set => SettersRun++;
        }
    }
}

/// <summary>A node that could join a cluster, with our wire and no other configuration of ours.</summary>
public sealed class WiredSystem : IAsyncLifetime
{
    public ActorSystem System { get; } = ActorSystem.Create("wire", WireConfig.Config
        .WithFallback(ConfigurationFactory.ParseString("""
            akka.actor.provider = cluster
            akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
            akka.loglevel = WARNING
            akka.coordinated-shutdown.run-by-actor-system-terminate = off
            """))
        .WithFallback(ClusterSharding.DefaultConfig())
        .WithFallback(ClusterSingleton.DefaultConfig()));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => System.Terminate();
}
