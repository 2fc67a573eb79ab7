using Ivim.EndToEnd.Tests.Inputs;
using Ivim.EndToEnd.Tests.Processes;

namespace Ivim.EndToEnd.Tests.BadInput;

/// <summary>Runs that have to be refused: one coded line, soon, and nothing left behind.</summary>
internal static class Refused
{
    /// <summary>A refusal takes half a second on a quiet machine, a small map three.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Maps into a folder that does not exist yet.</summary>
    public static async Task<Finished> RunAsync(TemporaryFolder folder, string image, params string[] options)
    {
        string output = folder.Path("out");
        return await IvimProcess.RunAsync(Limit, ["map", image, "--out", output, "--method", "nlls", .. options]);
    }

    public static async Task ByAsync(string code, TemporaryFolder folder, string image, params string[] options)
    {
        var run = await RunAsync(folder, image, options);
        run.MustBeRefusal(Finished.BadInput, code);
        Assert.False(Directory.Exists(folder.Path("out")), "an output folder was left behind");
    }
}
