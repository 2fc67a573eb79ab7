using Ivim.Learning;

namespace Ivim.Actors.Stages;

/// <summary>Maps of the voxels that a slab owns, of one member or merged.</summary>
/// <param name="Spread">Standard deviation of each parameter; null where nothing knows one.</param>
/// <param name="Loss">Training loss of the member; NaN where there is none.</param>
internal sealed record SlabMaps(ParameterMaps Maps, ParameterMaps? Spread, double Loss)
{
    public NamedArrays ToArrays() => new([
        .. Arrays("", Maps),
        .. Spread is null ? [] : Arrays("std/", Spread),
        new NamedArray("loss", new[] { Loss }, 1),
    ]);

    public static SlabMaps From(NamedArrays arrays) =>
        new(ReadMaps("", arrays), arrays.Has("std/D") ? ReadMaps("std/", arrays) : null, arrays.Doubles("loss")[0]);

    private static IEnumerable<NamedArray> Arrays(string prefix, ParameterMaps maps) =>
    [
        new NamedArray(prefix + "D", maps.D, maps.Voxels),
        new NamedArray(prefix + "f", maps.F, maps.Voxels),
        new NamedArray(prefix + "Dstar", maps.DStar, maps.Voxels),
        new NamedArray(prefix + "S0", maps.S0, maps.Voxels),
        new NamedArray(prefix + "rmse", maps.Rmse, maps.Voxels),
    ];

    private static ParameterMaps ReadMaps(string prefix, NamedArrays arrays) => new(arrays.Floats(prefix + "D"),
        arrays.Floats(prefix + "f"), arrays.Floats(prefix + "Dstar"), arrays.Floats(prefix + "S0"),
        arrays.Floats(prefix + "rmse"));
}
