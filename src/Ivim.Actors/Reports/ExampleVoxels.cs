using Ivim.Actors.Stages;
using Ivim.Imaging.Reports.Pages;

namespace Ivim.Actors.Reports;

/// <summary>Voxels whose fit is shown, chosen by a rule and not by eye.</summary>
internal static class ExampleVoxels
{
    private const int CurvePoints = 80;

    /// <summary>The first voxel of the mask whose value is nearest to a quantile of a map.</summary>
    private static readonly (string Words, string Map, double Share)[] Rules =
    [
        ("median f", "f", 0.5), ("high f (95 %)", "f", 0.95),
        ("low f (5 %)", "f", 0.05), ("high residual (99 %)", "rmse", 0.99),
    ];

    public static IEnumerable<(string Words, int Index)> Of(ReportMaterial material)
    {
        foreach (var (words, name, share) in Rules)
        {
            if (material.Map(name) is not { Sorted.Length: > 0 } map) continue;
            float wanted = map.Sorted[(int)Math.Round(share * (map.Sorted.Length - 1))];
            yield return (words, Array.FindIndex(material.Voxels, voxel => map.Volume[voxel].Equals(wanted)));
        }
    }

    public static CurveChart Chart(ReportMaterial material, ReportSignals signals, (string Words, int Index) example)
    {
        var b = signals.Frame.BValues.SecondsPerMm2;
        int voxel = material.Voxels[example.Index], first = example.Index * b.Length;
        var (width, height) = (material.Header.Shape.Width, material.Header.Shape.Height);
        var plain = VoxelModel.Of(material, signals, example.Index, "");
        var lines = new List<CurveLine>
        {
            new("signal", [.. b.Select((x, k) => (x, (double)signals.Signals[first + k]))], CurveMark.Points),
            Curve("fit", plain, b[^1]),
        };
        if (material.Map("D" + OutputMaps.PolishedSuffix) is not null)
            lines.Add(Curve("polished", VoxelModel.Of(material, signals, example.Index, OutputMaps.PolishedSuffix),
                b[^1]));
        string place = $"{voxel % width}, {voxel / width % height}, {voxel / (width * height)}";
        return new CurveChart($"{Capital(example.Words)}, voxel ({place}): D {Show(0, plain.D)}, "
            + $"f {Show(1, plain.F)}, D* {Show(2, plain.DStar)}", "b [s/mm²]", lines);
    }

    /// <summary>Points lie close together where b is small: the fast part ends there.</summary>
    private static CurveLine Curve(string name, VoxelModel model, double most) => new(name,
        [.. Enumerable.Range(0, CurvePoints).Select(i => most * i * i / ((CurvePoints - 1.0) * (CurvePoints - 1)))
            .Select(b => (b, model.At(b)))], CurveMark.Line);

    private static string Show(int parameter, double stored) => ReportParameter.All[parameter].Show(stored);

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
