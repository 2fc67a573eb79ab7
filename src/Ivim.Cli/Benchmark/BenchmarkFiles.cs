using System.Text;
using Ivim.Cli.Output;

namespace Ivim.Cli.Benchmark;

/// <summary>Writes what a benchmark found: numbers, plots and the section of a document.</summary>
internal static class BenchmarkFiles
{
    /// <returns>The files in the benchmark's folder.</returns>
    public static IReadOnlyList<string> Write(BenchmarkResult result, string root, DocumentSection? document)
    {
        var files = new List<string>();
        Directory.CreateDirectory(root);
        Add("benchmark.json", BenchmarkTables.Json(result));
        Add("benchmark.csv", BenchmarkTables.Csv(result));
        Add("benchmark.md", Encoding.UTF8.GetBytes(BenchmarkMarkdown.Of(result, pictures: "")));
        foreach (var phantom in result.ByPhantom)
        {
            byte[] picture = BenchmarkPicture.Of(result, phantom);
            Add(BenchmarkPicture.FileName(phantom.Key), picture);
            if (document is null) continue;
            Directory.CreateDirectory(document.Pictures);
            AtomicFile.Write(Path.Combine(document.Pictures, BenchmarkPicture.FileName(phantom.Key)), picture);
        }
        document?.Replace(BenchmarkMarkdown.Of(result, pictures: "images/"));
        return files;

        void Add(string name, byte[] content)
        {
            AtomicFile.Write(Path.Combine(root, name), content);
            files.Add(Path.Combine(root, name));
        }
    }
}
