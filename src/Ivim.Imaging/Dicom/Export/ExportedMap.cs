using System.Globalization;
using System.Text;
using System.Text.Json;
using Ivim.Imaging.Nifti;
using Ivim.Physics;

namespace Ivim.Imaging.Dicom.Export;

/// <summary>One map as DICOM is to hold it.</summary>
/// <param name="IsSpread">Whether it is the standard deviation of the quantity.</param>
/// <param name="Number">From 1, in the order of the objects.</param>
/// <param name="Image">One volume, finite.</param>
/// <param name="Facts">What its side-car says.</param>
public sealed record ExportedMap(MapQuantity Quantity, bool IsSpread, int Number, NiftiImage Image, MapFacts Facts)
{
    public string Label => Quantity.Label + (IsSpread ? " std" : "");

    public double Window => IsSpread ? Quantity.Window / 2 : Quantity.Window;

    /// <summary>[row, column]: rows downwards.</summary>
    public float[] Slice(int z)
    {
        var (width, height) = (Image.Header.Shape.Width, Image.Header.Shape.Height);
        var slice = new float[width * height];
        for (int row = 0; row < height; row++)
            Image.Voxels.AsSpan((z * height + height - 1 - row) * width, width).CopyTo(slice.AsSpan(row * width));
        return slice;
    }

    /// <exception cref="RefusalException">EXPORT-NOT-FINITE.</exception>
    public ExportedMap Checked() => Image.Voxels.All(float.IsFinite) ? this : throw new RefusalException(
        "EXPORT-NOT-FINITE", "a map with voxels that are no numbers", "maps as `ivim map` published them",
        "map the study again");
}

/// <summary>What the side-car of a map says.</summary>
/// <param name="Description">Of the quantity.</param>
/// <param name="Law">The model in one sentence.</param>
/// <param name="Method">As in the protocol.</param>
/// <param name="ProtocolId">SHA-256 in hexadecimal digits.</param>
public sealed record MapFacts(
    string Description, string Law, string Method, string ProtocolId, IReadOnlyList<double> BSecondsPerMm2)
{
    private const int LongestText = 1024;

    /// <exception cref="RefusalException">EXPORT-SIDE-CAR.</exception>
    public static MapFacts Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            var law = root.GetProperty("Model");
            var parameters = law.GetProperty("Parameters");
            string Text(JsonElement of, string name) => of.GetProperty(name).GetString() ?? "";
            return new MapFacts(Text(root, "Description"), Text(law, "Description"), Text(parameters, "FitMethod"),
                Text(parameters, "ProtocolId"),
                [.. parameters.GetProperty("BValues").EnumerateArray().Select(value => value.GetDouble())]);
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or FileNotFoundException)
        {
            throw new RefusalException("EXPORT-SIDE-CAR", "a map without a side-car that can be read",
                "the .json that `ivim map` wrote beside it", "map the study again", broken);
        }
    }

    /// <summary>ASCII without backslashes, as DICOM's ST takes it whatever the character set.</summary>
    public string Derivation
    {
        get
        {
            string b = string.Join(' ', BSecondsPerMm2.Select(x => x.ToString("0.###", CultureInfo.InvariantCulture)));
            string text = $"{Description}. {Law}. Method {Method}, protocol {ProtocolId}, b-values {b} s/mm2.";
            var plain = new StringBuilder(text.Length);
            foreach (char letter in text) plain.Append(letter is >= ' ' and <= '~' and not '\\' ? letter : '?');
            return plain.ToString(0, Math.Min(plain.Length, LongestText));
        }
    }
}
