using System.Security.Cryptography;
using System.Text;
using Ivim.Domain.Work;

namespace Ivim.Domain.Studies;

/// <summary>A study under one protocol: a pseudonym that says nothing of the subject.</summary>
/// <param name="Value">`st-` and 20 hexadecimal digits.</param>
public readonly record struct StudyId(string Value)
{
    /// <summary>
    /// The same source, protocol, numeric class and code give the same id, so that submitting twice is one study.
    /// </summary>
    /// <remarks>
    /// The stage versions are part of it, so that a study never mixes results of two versions: after an upgrade the
    /// same submission is a new study, which takes over by content key whatever has not changed.
    /// </remarks>
    public static StudyId Of(StudySource source, string protocolSha256, string numericClass)
    {
        var versions = string.Join(',', Stages.InOrder.Select(ItemRecipes.VersionOf));
        var text = string.Join('\n', versions, source.Image, source.BValues, source.BVectors, source.Mask,
            protocolSha256, numericClass);
        return new StudyId("st-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..20]);
    }

    public override string ToString() => Value;
}

/// <summary>Everything that is routed to one study or to its aggregator.</summary>
public interface IForStudy
{
    StudyId Study { get; }
}

/// <summary>
/// SHA-256 of the bytes of each source file (lower-case hexadecimal); empty where the study has none.
/// </summary>
/// <remarks>
/// Where the files lie is known only to the study's dossier in the work folder: never to journal, log or message.
/// </remarks>
public sealed record StudySource(string Image, string BValues, string BVectors, string Mask);
