using Ivim.Chart.Tests.Machine;

namespace Ivim.Chart.Tests.Images;

/// <summary>What the images have as `/app`: made by the very commands of the Dockerfiles.</summary>
public sealed class PublishedImages : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<bool> _published;

    public PublishedImages() => _published = new Lazy<bool>(Publish);

    /// <param name="image">Its repository, as in the chart: `ivim-seed`.</param>
    public string App(string image)
    {
        _ = _published.Value;
        return _folder.Path(image);
    }

    public void Dispose() => _folder.Dispose();

    private bool Publish()
    {
        foreach (var file in Dockerfile.All)
        {
            string app = _folder.Path("ivim-" + file.Name.Split('.')[0]);
            foreach (string command in file.Publishes)
            {
                var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(word => word == "/app" ? app : word).ToList();
                Assert.Contains(app, words);
                Command.Run(words[0], [.. words.Skip(1), "-nologo", "--disable-build-servers"]);
            }
        }
        return true;
    }
}
