using Ivim.Domain.Cohorts;
using Ivim.Hosting.Cohorts;

namespace Ivim.Hosting.Tests.Cohorts;

public sealed class CohortFolderTests : IDisposable
{
    private static readonly CohortId Cohort = CohortId.Of("trial");

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Two_seeds_that_take_entries_in_at_the_same_time_keep_those_of_both()
    {
        var (first, second) = (new CohortFolder(_folder.Path), new CohortFolder(_folder.Path));
        first.Save(Cohort, Manifest("A"));
        second.Save(Cohort, Manifest("A", "B"));
        first.Save(Cohort, Manifest("C"));

        foreach (var seed in new[] { first, second, new CohortFolder(_folder.Path) })
            foreach (var subject in new[] { "A", "B", "C" }) Assert.Equal(subject, Find(seed, Entry(subject)));
        Assert.Equal(1 + 3, File.ReadAllLines(WhoIsWho).Length);
    }

    [Fact]
    public void An_entry_that_is_written_differently_is_found_as_each_order_names_it()
    {
        var cohorts = new CohortFolder(_folder.Path);
        var changed = Entry("A") with { Mask = "mask.nii" };
        cohorts.Save(Cohort, Manifest("A"));
        cohorts.Save(Cohort, Manifest() with { Entries = [changed] });

        Assert.Equal("A", Find(cohorts, Entry("A")));
        Assert.Equal("A", Find(cohorts, changed));
        Assert.Equal(1 + 1, File.ReadAllLines(WhoIsWho).Length);
    }

    [Fact]
    public void A_manifest_that_is_submitted_again_adds_no_file()
    {
        var cohorts = new CohortFolder(_folder.Path);
        cohorts.Save(Cohort, Manifest("A", "B"));
        var before = Files();
        cohorts.Save(Cohort, Manifest("B", "A"));

        Assert.Equal(before, Files());
        Assert.Equal(new CohortPlace("trial", "/scans", "/maps"), cohorts.Find(Cohort));
    }

    public void Dispose() => _folder.Dispose();

    private string WhoIsWho => Path.Combine(_folder.Path, Cohort.Value, "who-is-who.tsv");

    private string[] Files() => Directory.GetFiles(_folder.Path, "manifest*", SearchOption.AllDirectories);

    private static string? Find(CohortFolder cohorts, CohortManifestEntry entry) => cohorts.EntryOf(Cohort,
        cohorts.PseudonymsOf(Cohort).Of(entry.Centre, entry.Subject, entry.Session), entry.ToEntry().Hash)
        ?.Entry.Subject;

    private static CohortManifest Manifest(params string[] subjects) =>
        new("trial", "/scans", "/maps", [.. subjects.Select(Entry)]);

    private static CohortManifestEntry Entry(string subject) => new()
    {
        Centre = "North", Subject = subject, Image = subject + ".nii", Bvalues = "all.bval",
    };
}
