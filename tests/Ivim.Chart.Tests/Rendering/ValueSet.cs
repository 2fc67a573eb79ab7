using System.Collections.Concurrent;
using Ivim.Chart.Tests.Machine;

namespace Ivim.Chart.Tests.Rendering;

/// <summary>Values as somebody would install the chart with them, and what it is then.</summary>
internal static class ValueSet
{
    private static readonly ConcurrentDictionary<string, RenderedChart> Rendered = new();

    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Tests, "ValueSets"), "*.yaml")
            .Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> All => [.. Names];

    public static string File(string name) => Path.Combine(Repository.Tests, "ValueSets", name + ".yaml");

    public static RenderedChart Render(string name) => Rendered.GetOrAdd(name, _ =>
    {
        var ran = Helm.Template(Repository.Chart, File(name));
        Assert.True(ran.Succeeded, ran.Error);
        return RenderedChart.Of(ran.Output);
    });
}
