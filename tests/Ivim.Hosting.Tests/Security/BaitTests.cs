using Akka.Actor;

namespace Ivim.Hosting.Tests.Security;

/// <summary>A believed peer that has been taken over sends a payload that names the type to be created.</summary>
public sealed class BaitTests : IDisposable
{
    private const string Json = "Akka.Serialization.NewtonSoftJsonSerializer, Akka";

    /// <summary>As Akka is without our wire: serializer 1 creates what the sender names.</summary>
    private const string Careless = $$"""
        akka.actor {
          serializers.json = "{{Json}}"
          serialization-bindings."System.Object" = json
          serialization-identifiers."{{Json}}" = 1
          serialization-identifiers."Ivim.Actors.Wire.DenyAllSerializer, Ivim.Actors" = 1001
        }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TestAuthority _authority = new();
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task No_setter_runs_on_our_node_where_it_runs_on_a_careless_one()
    {
        await using var attacker = new SecuredNode(_authority.Issue(_folder["attacker"]), extra: Careless);
        await using var careless = new SecuredNode(_authority.Issue(_folder["careless"]), extra: Careless);
        await using var node = new SecuredNode(_authority.Issue(_folder["node"]));
        Assert.True(await attacker.Reaches(careless, Patience));
        Assert.True(await attacker.Reaches(node, Patience));

        Throw(attacker, careless, "careless");
        await Until(() => Bait.Sprung.Contains("careless"));
        Throw(attacker, node, "node");
        // Answered after the bait, over the same connection: it has been looked at by then.
        Assert.True(await attacker.Reaches(node, Patience));
        Assert.DoesNotContain("node", Bait.Sprung);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    private static void Throw(SecuredNode from, SecuredNode to, string name)
    {
        var path = new RootActorPath(to.Address) / "user" / ("echo-" + from.System.GetHashCode());
        ((ExtendedActorSystem)from.System).Provider.ResolveActorRef(path.ToString()).Tell(new Bait(name));
    }

    private static async Task Until(Func<bool> condition)
    {
        using var enough = new CancellationTokenSource(Patience);
        while (!condition()) await Task.Delay(20, enough.Token);
    }

    /// <summary>Remembers where it was read: only a deserializer calls the setter.</summary>
    public sealed class Bait
    {
        private readonly string _name = "";

        public Bait()
        {
        }

        internal Bait(string name) => _name = name;

        public static System.Collections.Concurrent.ConcurrentBag<string> Sprung { get; } = [];

        public string Name
        {
            get => _name;
            set => Sprung.Add(value);
        }
    }
}
