using CsCheck;
using Ivim.Hosting.Manifests;
using Ivim.Physics;

namespace Ivim.Hosting.Tests.Manifests;

public sealed class RootJailTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _root, _secret;

    public RootJailTests()
    {
        (_root, _secret) = (_folder["root"], _folder["secret"]);
        Directory.CreateDirectory(Path.Combine(_root, "a", "b"));
        Directory.CreateDirectory(_secret);
        File.WriteAllText(Path.Combine(_root, "a", "scan"), "inside");
        File.WriteAllText(Path.Combine(_secret, "scan"), "outside");
        // A folder whose name begins as the root's does is not in it.
        Directory.CreateDirectory(_root + "-2");
        File.WriteAllText(Path.Combine(_root + "-2", "scan"), "outside");
        Link("inner", "a/scan");
        Link("a/up", "../a/b");
        Link("out", "../secret/scan");
        Link("absolute", _secret);
        Link("top", "/");
        Link("circle", "circle");
        Link("chain", "a/up/../../../secret");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a/scan")]
    [InlineData("./a//scan")]
    [InlineData("inner")]
    public void What_lies_below_the_root_is_found(string path)
    {
        Assert.Equal("inside", File.ReadAllText(new RootJail(_root).Resolve(path)));
        Assert.Equal("inside", File.ReadAllText(new RootJail(_root).Resolve(Path.Combine(_root, path))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("../secret/scan")]
    [InlineData("../root-2/scan")]
    [InlineData("a/../../secret/scan")]
    [InlineData("a/up/../scan")]
    [InlineData("out")]
    [InlineData("absolute/scan")]
    [InlineData("top/etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("circle")]
    [InlineData("chain/scan")]
    [InlineData("a/scan\0")]
    public void What_lies_elsewhere_is_not(string path) => AssertOutside(path);

    [Fact]
    public void No_path_of_any_pieces_leads_out()
    {
        var jail = new RootJail(_root);
        string[] pieces =
        [
            "a", "b", "up", "..", ".", "", "inner", "out", "absolute", "top", "circle", "chain", "scan", "secret",
            "root",
        ];
        Gen.Int[0, pieces.Length - 1].Select(piece => pieces[piece]).List[1, 8].Sample(parts =>
        {
            try
            {
                var real = jail.Resolve(string.Join('/', parts));
                return !File.Exists(real) || File.ReadAllText(real) == "inside";
            }
            catch (RefusalException)
            {
                return true;
            }
        }, iter: 5000);
    }

    private void AssertOutside(string path) => Assert.Equal("PATH-OUTSIDE-ROOT",
        Assert.Throws<RefusalException>(() => new RootJail(_root).Resolve(path)).Code);

    private void Link(string name, string target) => File.CreateSymbolicLink(Path.Combine(_root, name), target);
}
