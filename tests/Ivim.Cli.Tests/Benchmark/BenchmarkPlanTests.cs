using Ivim.Cli.Benchmark;
using Ivim.Domain.Protocols;

namespace Ivim.Cli.Tests.Benchmark;

public sealed class BenchmarkPlanTests
{
    private static readonly BenchmarkPlan Plan = new()
    {
        Phantoms = BenchmarkPhantom.All,
        SignalToNoise = [20],
        Methods = [.. MethodSets.OfComparison.Union(MethodSets.OfAblation)],
        Realisations = 3,
        NetworkRealisations = 2,
        NetworkSeeds = 2,
        Seed = 31,
        Size = new GridSize(8, 8, 4),
    };

    [Fact]
    public void Every_method_of_the_sets_is_one_protocol_of_its_own()
    {
        var methods = Plan.Methods.Select(BenchmarkMethod.Parse).ToArray();
        Assert.All(methods, method => ProtocolCheck.Require(method.Protocol));
        // The default and the architecture of the default are the same by another name.
        var others = methods.Where(method => method.Name != BenchmarkMethod.Default && !method.Name.Contains('+'));
        Assert.Distinct(others.Select(method => ProtocolJson.Write(method.Protocol)));
    }

    [Fact]
    public void A_voxel_without_neighbours_is_mapped_by_what_uses_none()
    {
        var random = Plan.Runs().Where(run => run.Phantom.IsRandom).Select(run => run.Method).ToArray();
        Assert.NotEmpty(random);
        Assert.All(random, method =>
        {
            Assert.Equal(DenoisingMethods.None, method.Protocol.Denoising.Method);
            Assert.False(method.Protocol.Polishes);
            Assert.False(method.Protocol.Method is Methods.BayesField or Methods.MarkovField);
        });
    }

    [Fact]
    public void Every_tissue_lies_inside_the_bounds_of_its_phantom()
    {
        Assert.All(BenchmarkPhantom.All.Where(phantom => !phantom.IsRandom), phantom =>
            Assert.All(phantom.Tissues.Tissues.Select(tissue => tissue.Parameters), truth =>
            {
                Assert.InRange(truth.D.Mm2PerSecond, phantom.Bounds.D.Lower, phantom.Bounds.D.Upper);
                Assert.InRange(truth.F.Fraction, phantom.Bounds.F.Lower, phantom.Bounds.F.Upper);
                // With f of 0.01 (necrosis, stroke core) nothing depends on D*, and no bound is made for it.
                if (truth.F.Fraction > 0.02)
                    Assert.InRange(truth.DStar.Mm2PerSecond, phantom.Bounds.DStar.Lower, phantom.Bounds.DStar.Upper);
            }));
        Assert.All(Plan.Runs(), run => Assert.Equal(run.Phantom.Bounds, run.Method.Protocol.Bounds));
    }

    [Fact]
    public void Networks_have_another_seed_for_every_draw_and_are_trained_on_as_many_as_asked()
    {
        var runs = Plan.Runs()
            .Where(run => run.Method.Name == "ivimnet-optim" && run.Phantom.Name == "brain").ToArray();
        // Two seeds on the first draw, one on the second, none on the third.
        Assert.Equal([(0, 0), (0, 1), (1, 0)], runs.Select(run => (run.Realisation, run.NetworkSeed)).Order());
        Assert.Distinct(runs.Select(run => run.Method.Protocol.Seed));
        Assert.DoesNotContain(Plan.Seed, runs.Select(run => run.Method.Protocol.Seed));
        Assert.Equal(3, Plan.Runs().Count(run => run.Method.Name == "nlls" && run.Phantom.Name == "brain"));
    }

    [Fact]
    public void A_part_of_the_matrix_is_acquired_where_the_name_says_so()
    {
        var size = new GridSize(64, 48, 4);
        var recipe = BenchmarkPhantom.Named("abdomen-62").Recipe(size, 20, 31, 1);
        Assert.Equal((40, 30, 4), (recipe.KSpace!.Width, recipe.KSpace.Height, recipe.KSpace.Coils));
        Assert.Equal(32, BenchmarkPhantom.Named("nested-50").Recipe(size, 20, 31, 1).KSpace!.Width);
        Assert.Null(BenchmarkPhantom.Named("brain").Recipe(size, 20, 31, 1).KSpace);
    }
}
