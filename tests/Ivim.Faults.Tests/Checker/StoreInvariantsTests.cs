using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ivim.Faults.Tests.Databases;
using Ivim.Faults.Tests.Invariants;
using Ivim.Faults.Tests.Machine;

namespace Ivim.Faults.Tests.Checker;

/// <summary>A store laid out by hand as DESIGN section 5 says, and what a disk may do to it.</summary>
public sealed class StoreInvariantsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_whole_store_violates_nothing()
    {
        Result("merge/1", Artifact("maps"));
        Assert.Empty(Check());
    }

    [Fact]
    public void A_flipped_bit_is_found()
    {
        string path = PathOf(Artifact("maps"));
        File.WriteAllText(path, "mapt");
        Assert.Equal("I6", Assert.Single(Check()).Invariant);
    }

    [Fact]
    public void A_result_whose_artifact_is_gone_is_found()
    {
        string artifact = Artifact("maps");
        Result("merge/1", artifact);
        File.Delete(PathOf(artifact));
        Assert.Equal("I6", Assert.Single(Check()).Invariant);
    }

    [Fact]
    public void A_torn_result_is_found()
    {
        string path = Result("merge/1", Artifact("maps"));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^3]);
        Assert.Equal("I6", Assert.Single(Check()).Invariant);
    }

    [Fact]
    public void A_key_of_another_recipe_is_found()
    {
        string path = Result("merge/1", Artifact("maps"));
        File.Move(path, Path.Combine(Path.GetDirectoryName(path)!, new string('a', 64)));
        Assert.Equal("I5", Assert.Single(Check()).Invariant);
    }

    [Fact]
    public void A_half_map_where_readers_look_is_found()
    {
        Directory.CreateDirectory(_folder.Path("out", "sub-01"));
        File.WriteAllText(_folder.Path("out", "sub-01", "map.nii.gz.x-1.tmp"), "half");
        Assert.Equal("I6", Assert.Single(Check()).Invariant);
    }

    [Fact]
    public void What_a_dead_writer_left_in_the_store_is_no_violation()
    {
        File.WriteAllText(PathOf(Artifact("maps")) + ".x-1.tmp", "half");
        Assert.Empty(Check());
    }

    [Fact]
    public void A_patient_s_name_is_found_in_files_and_rows_but_may_be_in_the_dossier()
    {
        Directory.CreateDirectory(_folder.Path("work", "dossiers"));
        File.WriteAllText(_folder.Path("work", "dossiers", "a.json"), "/data/SMITH/dwi.nii");
        Assert.Empty(Privacy.NoName("SMITH", [_folder.Path("work")], []));
        File.WriteAllText(_folder.Path("work", "log"), "cannot open /data/SMITH/dwi.nii");
        var row = new JournalRow("journal", "study-1", 1, 7301, "m", "..SMITH.."u8.ToArray());
        Assert.Equal(2, Privacy.NoName("SMITH", [_folder.Path("work")], [row]).Count());
    }

    [Fact]
    public void A_row_of_the_default_serializer_is_found() => Assert.Single(Privacy.NoDefaultSerializer(
    [
        new JournalRow("journal", "study-1", 1, 7301, "m", []), new JournalRow("snapshot", "study-1", 1, 1, "m", []),
    ]));

    private List<Violation> Check() =>
    [
        .. StoreInvariants.NoPartialArtefact(_folder.Path("work"), _folder.Path("out")),
        .. StoreInvariants.KeysFollow(_folder.Path("work")),
    ];

    private string Artifact(string text)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(hash))!);
        File.WriteAllText(PathOf(hash), text);
        return hash;
    }

    private string PathOf(string hash) => _folder.Path("work", "artifacts", "sha256", hash[..2], hash);

    private string Result(string stage, string output)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(new
        {
            Item = "merge/slab-000",
            Recipe = new[] { new { Key = "stage", Value = stage } },
            Result = new { Outputs = new[] { new { Name = "maps", Artifact = new { Sha256 = output } } } },
        });
        using var key = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string part in (string[])["stage", stage])
        {
            key.AppendData(BitConverter.GetBytes(part.Length));
            key.AppendData(Encoding.UTF8.GetBytes(part));
        }
        string hex = Convert.ToHexStringLower(key.GetHashAndReset());
        string path = _folder.Path("work", "artifacts", "results", hex[..2], hex);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, [.. SHA256.HashData(json), .. json]);
        return path;
    }
}
