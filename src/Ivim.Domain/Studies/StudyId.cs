using System.Security.Cryptography;
using System.Text;

namespace Ivim.Domain.Studies;

/// <summary>A study under one protocol: a pseudonym that says nothing of the subject.</summary>
/// <param name="Value">`st-` and 20 hexadecimal digits.</param>
public readonly record struct StudyId(string Value)
{
    /// <summary>The same source, protocol and numeric class give the same id, so that submitting twice is one study.</summary>
    public static StudyId Of(StudySource source, string protocolSha256, string numericClass)
    {
        var text = string.Join('\n', source.Image, source.BValues, source.BVectors, source.Mask, protocolSha256, numericClass);
        return new StudyId("st-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..20]);
    }

    public override string ToString() => Value;
}

/// <summary>Everything that is routed to one study or to its aggregator.</summary>
public interface IForStudy
{
    StudyId Study { get; }
}

/// <summary>SHA-256 of the bytes of each source file (lower-case hexadecimal); empty where the study has none.</summary>
/// <remarks>Where the files lie is known only to the study's dossier in the work folder: never to journal, log or message.</remarks>
public sealed record StudySource(string Image, string BValues, string BVectors, string Mask);
