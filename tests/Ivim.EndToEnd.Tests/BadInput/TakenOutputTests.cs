using Ivim.EndToEnd.Tests.Inputs;
using Ivim.EndToEnd.Tests.Outputs;
using Ivim.EndToEnd.Tests.Processes;

namespace Ivim.EndToEnd.Tests.BadInput;

/// <summary>Maps of one scan are never replaced by those of another.</summary>
public sealed class TakenOutputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Another_scan_is_refused_and_given_a_subject_of_its_own_it_is_mapped_beside_the_first()
    {
        string first = new MadeScan().Write(_folder, "first");
        string second = new MadeScan { Slices = 3 }.Write(_folder, "second");
        (await Refused.RunAsync(_folder, first)).MustBeDone();
        var before = Contents(_folder.Path("out"));
        (await Refused.RunAsync(_folder, second)).MustBeRefusal(Finished.BadInput, "OUTPUT-TAKEN");
        (await Refused.RunAsync(_folder, second, "--work", _folder.Path("work")))
            .MustBeRefusal(Finished.BadInput, "OUTPUT-TAKEN");
        Assert.False(Directory.Exists(_folder.Path("work")));
        Assert.Equal(before, Contents(_folder.Path("out")));
        (await Refused.RunAsync(_folder, second, "--subject", "02")).MustBeDone();
        Assert.Equal(before, Contents(_folder.Path("out")));
        Assert.True(File.Exists(new PublishedStudy(_folder.Path("out"), "sub-02").Image("D")));
    }

    [Fact]
    public async Task Another_protocol_for_the_same_scan_replaces_its_maps()
    {
        string image = new MadeScan().Write(_folder);
        var first = (await Refused.RunAsync(_folder, image, "--json")).MustBeDone();
        var second = (await Refused.RunAsync(_folder, image, "--b-max", "400", "--json")).MustBeDone();
        Assert.NotEqual(first.Hashes, second.Hashes);
        Assert.Equal(second.Hashes, new PublishedStudy(_folder.Path("out")).Hashes());
    }

    /// <summary>Every file of the first subject with its bytes.</summary>
    private static SortedDictionary<string, string> Contents(string output) => new(
        Directory.EnumerateFiles(Path.Combine(output, "sub-01"), "*", SearchOption.AllDirectories)
            .ToDictionary(file => file, file => Convert.ToBase64String(File.ReadAllBytes(file))),
        StringComparer.Ordinal);
}
