using System.Text;
using Ivim.Cli.Output;
using Ivim.Physics;

namespace Ivim.Cli.Benchmark;

/// <summary>The part of a document between two comments, which the benchmark may replace.</summary>
internal sealed class DocumentSection
{
    public const string Begin = "<!-- ivim benchmark: begin -->", End = "<!-- ivim benchmark: end -->";

    private readonly string _path, _before, _after;

    private DocumentSection(string path, string before, string after) =>
        (_path, _before, _after) = (path, before, after);

    /// <summary>Where pictures of the document lie.</summary>
    public string Pictures => Path.Combine(Path.GetDirectoryName(_path)!, "images");

    /// <exception cref="RefusalException">FILE-MISSING, BENCHMARK-MARKERS.</exception>
    public static DocumentSection Of(string document)
    {
        var path = Path.GetFullPath(document);
        if (!File.Exists(path))
            throw new RefusalException("FILE-MISSING", "no document to update", "a file that exists",
                "check --update-docs");
        var text = File.ReadAllText(path);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal), end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
            throw new RefusalException("BENCHMARK-MARKERS", "a document without a place for the benchmark",
                $"the lines {Begin} and {End}, in this order", "add them where the section belongs");
        return new DocumentSection(path, text[..(begin + Begin.Length)], text[end..]);
    }

    public void Replace(string section) =>
        AtomicFile.Write(_path, Encoding.UTF8.GetBytes($"{_before}\n\n{section.Trim()}\n\n{_after}"));
}
