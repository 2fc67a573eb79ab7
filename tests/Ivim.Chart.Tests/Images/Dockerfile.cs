using System.Text.Json;
using Ivim.Chart.Tests.Machine;

namespace Ivim.Chart.Tests.Images;

/// <summary>What a Dockerfile says, as far as it can be done without Docker.</summary>
internal sealed class Dockerfile
{
    private readonly IReadOnlyList<(string Word, string Text)> _instructions;

    private Dockerfile(string name, IReadOnlyList<(string Word, string Text)> instructions) =>
        (Name, _instructions) = (name, instructions);

    public string Name { get; }

    public static IReadOnlyList<Dockerfile> All { get; } =
        [.. Directory.EnumerateFiles(Repository.Docker, "*.Dockerfile").Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>The commands that fill `/app`.</summary>
    public IReadOnlyList<string> Publishes => [.. Of("RUN").Where(text =>
        text.StartsWith("dotnet publish ", StringComparison.Ordinal))];

    /// <summary>The variables of the image itself, not of what builds it.</summary>
    public IReadOnlyList<string> Environment =>
    [
        .. _instructions.Reverse().TakeWhile(one => one.Word != "FROM").Where(one => one.Word == "ENV")
            .SelectMany(one => one.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
    ];

    public string User => Of("USER").Single();

    public string StopSignal => Of("STOPSIGNAL").Single();

    public IReadOnlyList<string> EntryPoint => JsonSerializer.Deserialize<string[]>(Of("ENTRYPOINT").Single())!;

    public IEnumerable<string> Of(string word) =>
        _instructions.Where(one => one.Word == word).Select(one => one.Text);

    private static Dockerfile Read(string file)
    {
        var text = string.Join('\n', File.ReadAllLines(file).Where(line => !line.StartsWith('#')));
        return new Dockerfile(Path.GetFileName(file), [.. text.Replace("\\\n", "", StringComparison.Ordinal).Split('\n')
            .Where(line => line.Trim().Length > 0).Select(line => line.Split(' ', 2))
            .Select(parts => (parts[0], parts[1].Trim()))]);
    }
}
