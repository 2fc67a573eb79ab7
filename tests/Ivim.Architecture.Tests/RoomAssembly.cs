using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Ivim.Architecture.Tests;

/// <summary>What a compiled room refers to, read from its metadata without loading it.</summary>
internal sealed record RoomAssembly
{
    /// <summary>Simple names of the referenced assemblies.</summary>
    public required ImmutableArray<string> References { get; init; }

    /// <summary>Full names of the used types of other assemblies.</summary>
    public required ImmutableArray<string> Types { get; init; }

    /// <summary>Used members of other assemblies, as `Namespace.Type.Member`.</summary>
    public required ImmutableArray<string> Members { get; init; }

    public static RoomAssembly Of(string room)
    {
        var name = room == "Ivim.Cli" ? "ivim.dll" : room + ".dll";
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, name)));
        var metadata = file.GetMetadataReader();
        return new RoomAssembly
        {
            References = [.. metadata.AssemblyReferences.Select(handle =>
                metadata.GetString(metadata.GetAssemblyReference(handle).Name))],
            Types = [.. metadata.TypeReferences.Select(handle => TypeName(metadata, handle))],
            Members = [.. metadata.MemberReferences.Select(metadata.GetMemberReference)
                .Where(member => member.Parent.Kind == HandleKind.TypeReference)
                .Select(member =>
                    $"{TypeName(metadata, (TypeReferenceHandle)member.Parent)}.{metadata.GetString(member.Name)}")],
        };
    }

    private static string TypeName(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        return metadata.GetString(type.Namespace) + "." + metadata.GetString(type.Name);
    }
}
