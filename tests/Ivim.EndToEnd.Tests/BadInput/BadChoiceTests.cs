using Ivim.EndToEnd.Tests.Inputs;
using Ivim.EndToEnd.Tests.Processes;

namespace Ivim.EndToEnd.Tests.BadInput;

/// <summary>b-values, masks, protocols and options that do not fit the image.</summary>
public sealed class BadChoiceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task No_b_values()
    {
        string image = new MadeScan().Write(_folder);
        File.Delete(_folder.Path("scan.bval"));
        await Refused.ByAsync("BVAL-MISSING", _folder, image);
    }

    [Theory]
    [InlineData("0 10 20 50 100 200 400", "BVAL-COUNT")]
    [InlineData("0 10 20 50 100 200 400 800 900", "BVAL-COUNT")]
    [InlineData("", "BVAL-NUMBER")]
    [InlineData("0, 10, 20, 50, 100, 200, 400, 800", "BVAL-NUMBER")]
    [InlineData("0 10 20 50 100 200 400 nan", "BVAL-NUMBER")]
    [InlineData("0 10 20 50 100 200 400 -800", "BVAL-NEGATIVE")]
    [InlineData("0 0 0 0 800 800 800 800", "BVAL-TOO-FEW")]
    [InlineData("100 150 200 250 300 400 600 800", "NO-LOW-B")]
    public async Task Wrong_b_values(string text, string code)
    {
        string image = new MadeScan().Write(_folder);
        await Refused.ByAsync(code, _folder, image, "--bval", _folder.Write("other.bval", text));
    }

    [Fact]
    public async Task A_b_max_that_leaves_too_few() =>
        await Refused.ByAsync("B-MAX-LEAVES-TOO-FEW", _folder, new MadeScan().Write(_folder), "--b-max", "20");

    [Fact]
    public async Task A_mask_of_another_shape()
    {
        var scan = new MadeScan();
        string mask = _folder.Write("mask.nii", scan.Mask(_ => true, extraSlices: 1));
        await Refused.ByAsync("MASK-SHAPE", _folder, scan.Write(_folder), "--mask", mask);
    }

    [Fact]
    public async Task A_mask_with_nothing_inside()
    {
        var scan = new MadeScan();
        string mask = _folder.Write("mask.nii", scan.Mask(_ => false));
        await Refused.ByAsync("MASK-EMPTY", _folder, scan.Write(_folder), "--mask", mask);
    }

    [Theory]
    [InlineData("""{ "schema": "ivim-protocol/1", "metod": "nlls" }""")]
    [InlineData("""{ "schema": "ivim-protocol/1", "slabs": { "slices": 0 } }""")]
    [InlineData("""{ "schema": "ivim-protocol/1", "slabs": { "slices": "two" } }""")]
    [InlineData("""{ "schema": "ivim-protocol/7" }""")]
    [InlineData("""{ "schema": """)]
    [InlineData("")]
    [InlineData("null")]
    public async Task A_protocol_that_is_none(string json)
    {
        string image = new MadeScan().Write(_folder);
        var run = await Refused.RunAsync(_folder, image, "--protocol", _folder.Write("protocol.json", json));
        Assert.StartsWith("PROTOCOL-", run.ErrorCode, StringComparison.Ordinal);
        run.MustBeRefusal(Finished.BadInput, run.ErrorCode);
        Assert.False(Directory.Exists(_folder.Path("out")));
    }

    [Fact]
    public async Task A_method_that_nobody_knows()
    {
        string image = new MadeScan().Write(_folder);
        var run = await IvimProcess.RunAsync(
            Refused.Limit, "map", image, "--out", _folder.Path("out"), "--method", "guessing");
        run.MustBeRefusal(Finished.Usage, "USAGE");
        Assert.False(Directory.Exists(_folder.Path("out")));
    }

    [Theory]
    [InlineData("--members", "0")]
    [InlineData("--members", "many")]
    [InlineData("--halo", "-1")]
    [InlineData("--b-max", "NaN")]
    [InlineData("--seed", "many")]
    [InlineData("--b-max", "")]
    [InlineData("--surprise", "1")]
    public async Task An_option_that_cannot_be(string option, string value) =>
        (await Refused.RunAsync(_folder, new MadeScan().Write(_folder), option, value))
            .MustBeRefusal(Finished.Usage, "USAGE");
}
