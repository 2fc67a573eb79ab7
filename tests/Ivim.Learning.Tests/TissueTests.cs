namespace Ivim.Learning.Tests;

public class TissueTests
{
    /// <remarks>
    /// A third of a training. One number for all tissues would put D of kidney off by 30 %, and D* of the pancreas of
    /// this table (10) and of its tumour (94, with f of 0.055) by factors of 5 and 2. A network is pulled that way
    /// where the signal says least, so f and D* have a factor of 2; D, which every voxel shows, has 15 %.
    /// </remarks>
    [Fact]
    public void No_tissue_is_forgotten_by_a_network_that_learns_eight_at_once()
    {
        var voxels = SimulatedVoxels.Draw(4000, 50, SimulatedVoxels.SixteenB);
        var network = new NetworkRecipe { Architecture = Architecture.Cnn };
        var member = Trainings.Train(data: voxels.Training(), network: network,
            recipe: new TrainingRecipe { Steps = 500, BatchVoxels = 128, EvaluateEvery = 100, ProbeVoxels = 512 });
        var maps = Trainings.Map(member, voxels, network);
        for (int tissue = 0; tissue < 8; tissue++)
        {
            Assert.InRange(Ratio(maps.D, voxels, tissue, 0), 0.85, 1.15);
            Assert.InRange(Ratio(maps.F, voxels, tissue, 1), 0.5, 2);
            Assert.InRange(Ratio(maps.DStar, voxels, tissue, 2), 0.5, 2);
        }
    }

    /// <summary>Median of the estimates over the median of the truth.</summary>
    private static double Ratio(float[] map, SimulatedVoxels voxels, int tissue, int parameter)
    {
        int[] inside = [.. Enumerable.Range(0, voxels.Voxels).Where(v => v % 8 == tissue)];
        return Median(inside.Select(v => (double)map[v])) / Median(inside.Select(v => voxels.Truth[v][parameter]));
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
