using System.Collections.Immutable;
using System.Text;
using Ivim.Actors.Artifacts;
using Ivim.Actors.Stages;
using Ivim.Actors.Tests.Artifacts;
using Ivim.Actors.Tests.Studies;
using Ivim.Actors.Tests.Work;
using Ivim.Domain.Aggregation;
using Ivim.Domain.Artifacts;
using Ivim.Domain.Protocols;
using Ivim.Domain.Work;
using Ivim.Learning;

namespace Ivim.Actors.Tests.Stages;

public sealed class MergeStageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FolderArtifactStore _store;

    public MergeStageTests() => _store = new FolderArtifactStore(_folder.Root);

    public void Dispose() => _folder.Dispose();

    /// <summary>Median of 1, 2, 6 is 2, mean 3, sample standard deviation sqrt(7).</summary>
    [Theory]
    [InlineData("median", 2e-3f)]
    [InlineData("mean", 3e-3f)]
    public void Members_are_merged_voxel_by_voxel(string rule, float center)
    {
        var result = Merge(rule, (1e-3f, 1), (6e-3f, 1.1), (2e-3f, 1.05));
        var arrays = ArrayFile.Read(_store.Read(result.Output(AggregatePlan.Merged))).Arrays;
        Assert.Empty(result.Notes);
        Assert.Equal(center, arrays.Floats("D")[0], 1e-9f);
        Assert.Equal(Math.Sqrt(7) * 1e-3, arrays.Floats("std/D")[0], 1e-9);
    }

    [Fact]
    public void A_member_with_a_far_greater_loss_is_left_out_and_counted()
    {
        var result = Merge("median", (1e-3f, 1), (6e-3f, 9), (2e-3f, 1.05));
        var arrays = ArrayFile.Read(_store.Read(result.Output(AggregatePlan.Merged))).Arrays;
        Assert.Equal(1.5e-3f, arrays.Floats("D")[0], 1e-9f);
        Assert.StartsWith("MEMBERS-DROPPED: 1 of 3", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_one_member_is_left_there_is_no_spread()
    {
        var result = Merge("median", (1e-3f, 1), (6e-3f, 9));
        Assert.False(ArrayFile.Read(_store.Read(result.Output(AggregatePlan.Merged))).Arrays.Has("std/D"));
    }

    private WorkResult Merge(string rule, params (float D, double Loss)[] members)
    {
        var protocol = new Protocol { Ensemble = new EnsembleRules { Members = members.Length, Merge = rule } };
        var document = _store.Put(Encoding.UTF8.GetBytes(ProtocolJson.Write(protocol)));
        ImmutableArray<WorkInput> inputs =
        [
            .. members.Select((member, i) =>
                new WorkInput($"member-{i:D2}", Put(member.D, member.Loss), new ContentKey("00"))),
        ];
        var recipe = ItemRecipes.Merge(protocol, inputs, Example.NumericClass);
        var item = new WorkItem(Example.StudyOf(protocol), ItemOwner.Aggregator, ItemName.Merge(0), recipe.ToKey(),
            [.. recipe.Fields], document, inputs, Example.NumericClass);
        return new StageRunner(_store, new DossierFolder(_folder.Root), ComputeDevice.Resolve("cpu"))
            .Run(item, new ScriptedWatch(), CancellationToken.None);
    }

    private ArtifactRef Put(float d, double loss) => _store.Put(ArrayFile.Write(new NamedArrays(
    [
        new NamedArray("D", new[] { d }, 1),
        new NamedArray("f", new[] { 0.1f }, 1),
        new NamedArray("Dstar", new[] { 0.05f }, 1),
        new NamedArray("S0", new[] { 1f }, 1),
        new NamedArray("rmse", new[] { 0.01f }, 1),
        new NamedArray("loss", new[] { loss }, 1),
    ])));
}
