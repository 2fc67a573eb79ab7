using Ivim.Domain.Cohorts;

namespace Ivim.Domain.Tests.Cohorts;

public sealed class PseudonymsTests
{
    private static readonly Pseudonyms Names = new([.. Enumerable.Range(0, Pseudonyms.KeyBytes).Select(i => (byte)i)]);

    [Fact]
    public void A_pseudonym_is_the_keyed_hash_of_RFC_2104_in_base32()
    {
        // Python: base64.b32encode(hmac.new(bytes(range(32)), b'["Leiden","s1"]', sha256).digest()).lower()[:12], and
        // the first 6 of the same over '["Leiden","s1","2"]'.
        Assert.Equal("tlzmjyuifg5h", Names.Of("Leiden", "s1", null));
        Assert.Equal("tlzmjyuifg5h-oux2p7", Names.Of("Leiden", "s1", "2"));
    }

    [Fact]
    public void A_subject_keeps_its_name_and_shares_it_with_nobody()
    {
        string[] people = [.. from centre in (string[])["A", "B"] from subject in Enumerable.Range(0, 5000)
                              select Names.Of(centre, $"s{subject}", null)];
        Assert.Equal(people.Length, people.Distinct().Count());
        Assert.StartsWith(people[7] + "-", Names.Of("A", "s7", "x"), StringComparison.Ordinal);
        // Where one word ends and the next begins is part of what is hashed.
        Assert.NotEqual(Names.Of("A", "Bs7", null), Names.Of("AB", "s7", null));
        Assert.NotEqual(people[7], new Pseudonyms(Pseudonyms.NewKey()).Of("A", "s7", null));
    }

    [Theory]
    [InlineData("tlzmjyuifg5h", "sub-tlzmjyuifg5h_dwi")]
    [InlineData("tlzmjyuifg5h-oux2p7", "sub-tlzmjyuifg5h_ses-oux2p7_dwi")]
    public void Outputs_have_the_pseudonym_as_their_BIDS_name(string pseudonym, string name) =>
        Assert.Equal(name, Pseudonyms.BidsName(pseudonym));

    [Fact]
    public void The_hash_of_an_entry_tells_everything_but_its_priority()
    {
        var entry = new ManifestEntry("A", "s", null, "i", "b", null, null, null, 0);
        Assert.Equal(entry.Hash, (entry with { Priority = 9 }).Hash);
        string[] others =
        [
            .. from change in (ManifestEntry[])[entry with { Centre = "B" }, entry with { Subject = "t" },
                   entry with { Session = "" }, entry with { Image = "j" }, entry with { BValues = "c" },
                   entry with { BVectors = "v" }, entry with { Mask = "v" }, entry with { Site = "{}" }]
               select change.Hash,
        ];
        Assert.Equal(others.Length + 1, others.Append(entry.Hash).Distinct().Count());
    }
}
