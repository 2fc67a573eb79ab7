using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Ivim.Actors.Studies;
using Ivim.Actors.Tests.Artifacts;
using Ivim.Actors.Tests.Studies;
using Ivim.Actors.Work;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Hosting;
using Ivim.Hosting.Journals;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ivim.Actors.Tests.Hosting;

/// <summary>A seed as it is in a cluster, with a journal file that somebody else holds for a while.</summary>
public sealed class JournalAwayTests : IDisposable
{
    /// <summary>Only a hang takes so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly StudyId Id = Example.StudyOf(Example.LeastSquares);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_study_that_was_stopped_without_its_journal_comes_back_by_itself_and_goes_on()
    {
        using var host = await StartAsync();
        var system = host.Services.GetRequiredService<ActorSystem>();
        var studies = host.Services.GetRequiredService<ActorRegistry>().Get<StudyActor>();
        var (heard, inbox) = (Inbox.Create(system), Inbox.Create(system));
        system.EventStream.Subscribe(heard.Receiver, typeof(JournalFailed));
        system.EventStream.Subscribe(inbox.Receiver, typeof(Offered));
        await AskAsync<StudyReply.Accepted>(studies, Example.Submit(Example.LeastSquares));
        var prepare = Next(inbox);
        using (Hold())
        {
            studies.Tell(prepare.Finished(Example.Prepared(2)));
            Assert.IsType<JournalFailed>(heard.Receive(Patience));
        }
        Assert.Equal(prepare.Key, Next(inbox).Key); // nobody but a new incarnation offers it
        await AskAsync<ItemReceipt>(studies, prepare.Finished(Example.Prepared(2)));
        Assert.Equal(ItemName.Maps(0, 0), Next(inbox).Name);
        await system.Terminate();
    }

    private static WorkItem Next(Inbox inbox) => Assert.IsType<Offered>(inbox.Receive(Patience)).Item;

    /// <summary>Asks until it is answered, as every door does.</summary>
    private static async Task<T> AskAsync<T>(IActorRef target, object message)
    {
        using var timed = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                return await target.Ask<T>(message, TimeSpan.FromSeconds(2), timed.Token);
            }
            catch (AskTimeoutException)
            {
            }
        }
    }

    private async Task<IHost> StartAsync()
    {
        var journal = new SqliteJournal(_folder["journal.db"]);
        journal.Initialise();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddAkka(IvimAkka.SystemName, akka => akka
            .ConfigureLoggers(loggers => loggers.ClearLoggers())
            .AddHocon(journal.Hocon.Replace("Default Timeout=30", "Default Timeout=1", StringComparison.Ordinal),
                HoconAddMode.Prepend)
            .AddHocon("akka.cluster.sharding { entity-restart-backoff = 1s, distributed-data.durable.keys = [] }",
                HoconAddMode.Prepend)
            .WithIvimWire()
            .WithRemoting("127.0.0.1", 0)
            .WithClustering(new ClusterOptions { Roles = [IvimAkka.SeedRole] })
            .WithActors((system, registry) =>
                registry.Register<WorkQueueActor>(system.ActorOf(Props.Create(() => new Queue()))))
            .WithStudies(rememberEntities: true)
            .AddStartup((system, _) =>
            {
                var cluster = Akka.Cluster.Cluster.Get(system);
                cluster.Join(cluster.SelfAddress);
            }));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    /// <summary>Until it is disposed of, nobody else can write.</summary>
    private SqliteConnection Hold()
    {
        var connection = new SqliteConnection($"Data Source={_folder["journal.db"]};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        return connection;
    }

    private sealed record Offered(WorkItem Item) : INoSerializationVerificationNeeded;

    /// <summary>Says aloud what it is offered.</summary>
    private sealed class Queue : ReceiveActor
    {
        public Queue()
        {
            Receive<QueueCommand.Offer>(offer => Context.System.EventStream.Publish(new Offered(offer.Item)));
            ReceiveAny(_ => { });
        }
    }
}
