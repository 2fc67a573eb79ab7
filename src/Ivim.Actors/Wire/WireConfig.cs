using Akka.Configuration;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Cohorts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;

namespace Ivim.Actors.Wire;

/// <summary>The part of an actor system's configuration that says who writes and reads which message.</summary>
public static class WireConfig
{
    /// <summary>The bound types: each concrete one has a row, and a new case is bound with its base.</summary>
    public static IReadOnlyList<Type> Families { get; } =
    [
        typeof(StudyEvent), typeof(StudyCommand), typeof(StudyQuery), typeof(StudyReply), typeof(StudyProgress),
        typeof(AggregateEvent), typeof(AggregateCommand), typeof(AggregateQuery), typeof(AggregateProgress),
        typeof(ItemReport), typeof(ItemReceipt), typeof(QueueCommand), typeof(QueueQuery),
        typeof(QueueReply), typeof(QueueLoad), typeof(StudyStateSnapshot), typeof(AggregateStateSnapshot),
        typeof(CohortEvent), typeof(CohortCommand), typeof(CohortQuery), typeof(CohortReply), typeof(CohortProgress),
        typeof(CohortStateSnapshot),
    ];

    /// <summary>Our serializer for our families, and none in the place of JSON, outbound or inbound.</summary>
    public static string Hocon { get; } = $$"""
        akka.actor {
          serializers {
            ivim = "{{Name(typeof(IvimSerializer))}}"
            json = "{{Name(typeof(DenyAllSerializer))}}"
          }
          serialization-bindings {
            {{string.Join("\n    ", Families.Select(family => $"\"{Name(family)}\" = ivim"))}}
            "System.Object" = json
          }
          serialization-identifiers {
            "{{Name(typeof(IvimSerializer))}}" = {{IvimSerializer.PermanentIdentifier}}
            "{{Name(typeof(DenyAllSerializer))}}" = {{DenyAllSerializer.JsonIdentifier}}
          }
        }
        """;

    public static Config Config => ConfigurationFactory.ParseString(Hocon);

    /// <summary>Name and assembly without the version: the form in which Akka looks types up.</summary>
    private static string Name(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";
}
