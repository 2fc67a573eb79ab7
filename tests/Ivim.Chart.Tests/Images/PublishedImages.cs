using Ivim.Chart.Tests.Machine;

namespace Ivim.Chart.Tests.Images;

/// <summary>What the images have as `/app`: made by the very commands of the Dockerfiles.</summary>
public sealed class PublishedImages : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<bool> _published;

    public PublishedImages() => _published = new Lazy<bool>(Publish);

    /// <param name="name">Its repository and tag, as in the chart: `ivim-seed:0.1.0`.</param>
    public PublishedImage Of(string name)
    {
        _ = _published.Value;
        string repository = name.Split(':')[0];
        return new PublishedImage(_folder.Path(repository),
            Dockerfile.All.Single(file => RepositoryOf(file) == repository).Environment);
    }

    public void Dispose() => _folder.Dispose();

    private bool Publish()
    {
        foreach (var file in Dockerfile.All)
        {
            string app = _folder.Path(RepositoryOf(file));
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

    private static string RepositoryOf(Dockerfile file) => "ivim-" + file.Name.Split('.')[0];
}

/// <summary>What an image has beside the base image's own.</summary>
/// <param name="App">The folder that it has as `/app`.</param>
/// <param name="Environment">`NAME=value` each.</param>
public sealed record PublishedImage(string App, IReadOnlyList<string> Environment);
