using System.Xml.Linq;

namespace Ivim.Architecture.Tests;

/// <summary>The arrows between the rooms, in the projects as written and in the assemblies as compiled.</summary>
public sealed class RoomTests
{
    /// <summary>Each room and the rooms that it may know.</summary>
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Ivim.Physics"] = [],
        ["Ivim.Imaging"] = ["Ivim.Physics"],
        ["Ivim.Learning"] = ["Ivim.Physics"],
        ["Ivim.Domain"] = ["Ivim.Physics"],
        ["Ivim.Actors"] = ["Ivim.Domain", "Ivim.Learning", "Ivim.Imaging", "Ivim.Physics"],
        ["Ivim.Hosting"] = ["Ivim.Actors", "Ivim.Domain", "Ivim.Learning", "Ivim.Imaging", "Ivim.Physics"],
        ["Ivim.Cli"] = Door,
        ["Ivim.Cluster.Seed"] = Door,
        ["Ivim.Cluster.Worker"] = Door,
    };

    private static string[] Door =>
        ["Ivim.Hosting", "Ivim.Actors", "Ivim.Domain", "Ivim.Learning", "Ivim.Imaging", "Ivim.Physics"];

    public static TheoryData<string> Rooms => [.. Repository.Rooms()];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_project_references_only_the_rooms_it_may_know(string room)
    {
        Assert.True(MayKnow.ContainsKey(room), $"{room} is a new room: say in this test which rooms it may know");
        Assert.Empty(Included(room, "ProjectReference").Select(Path.GetFileNameWithoutExtension).Except(MayKnow[room]));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void An_assembly_refers_only_to_the_rooms_it_may_know(string room)
    {
        var known = RoomAssembly.Of(room).References
            .Where(name => name.StartsWith("Ivim.", StringComparison.Ordinal) || name == "ivim");
        Assert.Empty(known.Except(MayKnow[room]));
    }

    [Fact]
    public void Physics_stands_on_the_base_class_library_alone()
    {
        Assert.Empty(Included("Ivim.Physics", "PackageReference"));
        Assert.All(RoomAssembly.Of("Ivim.Physics").References, name => Assert.StartsWith("System.", name));
    }

    [Fact]
    public void Domain_stands_on_Physics_and_the_base_class_library_alone()
    {
        Assert.Empty(Included("Ivim.Domain", "PackageReference"));
        Assert.All(RoomAssembly.Of("Ivim.Domain").References,
            name => Assert.Matches("^(System\\.|Ivim\\.Physics$)", name));
    }

    [Theory]
    [InlineData("Ivim.Domain")]
    [InlineData("Ivim.Physics")]
    public void A_pure_room_touches_no_disk_no_network_no_process_and_no_setting(string room)
    {
        string[] impure =
        [
            "System.IO.File", "System.IO.Directory", "System.Net.", "System.Diagnostics.Process", "System.Console",
            "System.Threading.Timer",
        ];
        var assembly = RoomAssembly.Of(room);
        string[] used =
            [.. assembly.Types.Where(type => impure.Any(name => type.StartsWith(name, StringComparison.Ordinal)))];
        Assert.Empty(used);
        // The compiler's iterators ask which thread they are on; that reads nothing of the machine's settings.
        var asked = assembly.Members.Where(name => name.StartsWith("System.Environment.", StringComparison.Ordinal));
        string[] harmless = ["System.Environment.get_CurrentManagedThreadId", "System.Environment.get_ProcessorCount"];
        Assert.Empty(asked.Except(harmless));
    }

    [Theory]
    [InlineData("Ivim.Domain")]
    [InlineData("Ivim.Physics")]
    public void A_pure_room_asks_neither_the_clock_nor_chance(string room)
    {
        string[] impure =
        [
            "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
            "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow", "System.TimeProvider.get_System",
            "System.Diagnostics.Stopwatch.StartNew", "System.Diagnostics.Stopwatch.GetTimestamp",
            "System.Environment.get_TickCount", "System.Environment.get_TickCount64", "System.Guid.NewGuid",
            "System.Random..ctor", "System.Random.get_Shared",
        ];
        Assert.Empty(RoomAssembly.Of(room).Members.Intersect(impure));
    }

    private static IEnumerable<string> Included(string room, string item) =>
        XDocument.Load(Repository.ProjectFile(room)).Descendants(item)
            .Select(element => element.Attribute("Include")!.Value);
}
