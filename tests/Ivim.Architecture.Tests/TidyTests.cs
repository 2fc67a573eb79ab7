namespace Ivim.Architecture.Tests;

/// <summary>What a reader may count on in every file of `src` and `tests`.</summary>
public sealed class TidyTests
{
    private const int LongestFile = 300, LongestLine = 120;

    /// <summary>Spelt in halves, so that this file passes its own test.</summary>
    private static readonly string[] PostponingWords = ["TO" + "DO", "TB" + "D", "FIX" + "ME", "XX" + "X", "HA" + "CK"];

    [Fact]
    public void No_source_file_is_longer_than_a_reader_holds_in_mind() =>
        AssertNone(Sources().Where(file => Repository.Lines(file).Length > LongestFile));

    [Fact]
    public void No_line_of_code_is_wider_than_a_window() =>
        AssertNone(Sources().SelectMany(file => Repository.Lines(file)
            .Select((line, index) => (Place: $"{file}:{index + 1}", line.Length))
            .Where(line => line.Length > LongestLine)));

    [Fact]
    public void No_file_postpones_work() =>
        AssertNone(Sources().SelectMany(file => Repository.Lines(file)
            .Select((line, index) => (Place: $"{file}:{index + 1}", Line: line))
            .Where(line => PostponingWords.Any(word => Words(line.Line).Contains(word)))));

    [Fact]
    public void Every_line_ends_the_same_way() =>
        AssertNone(Repository.TextFiles().Where(file => Repository.Read(file).Contains('\r')));

    [Fact]
    public void Prose_lives_in_docs_not_beside_the_code() =>
        AssertNone(Repository.TextFiles().Where(file => file.EndsWith(".md", StringComparison.Ordinal)));

    [Fact]
    public void A_namespace_is_the_folder_of_its_file() =>
        AssertNone(Sources().Where(file => !NamespaceFits(file)));

    private static void AssertNone<T>(IEnumerable<T> offenders) =>
        Assert.True(!offenders.Any(), string.Join(Environment.NewLine, offenders));

    private static IEnumerable<string> Sources() =>
        Repository.TextFiles().Where(file => file.EndsWith(".cs", StringComparison.Ordinal));

    private static string[] Words(string line) =>
        line.Split([' ', '\t', ':', '/', '*', '.', ',', ';', '(', ')', '!', '"', '-']);

    private static bool NamespaceFits(string file)
    {
        var declared = Repository.Lines(file)
            .FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal));
        var folders = Path.GetDirectoryName(file)!.Split('/').Skip(1);
        return declared is null || declared == $"namespace {string.Join('.', folders)};";
    }
}
