using System.Collections.Immutable;
using System.Security.Cryptography;
using Ivim.Actors.Aggregation;
using Ivim.Actors.Artifacts;
using Ivim.Actors.Stages;
using Ivim.Actors.Tests.Artifacts;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Physics;

namespace Ivim.Actors.Tests.Stages;

public sealed class PublishStageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StudyDossier _dossier;
    private readonly Destination _destination;

    public PublishStageTests()
    {
        _dossier = SmallSeries.Write(_folder["in"]);
        _destination = new Destination(_dossier);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>After every file that is written the process may die: only the whole set has a provenance.</summary>
    [Fact]
    public void A_crash_after_any_file_never_passes_for_a_complete_set()
    {
        var maps = Published();
        for (int files = 1; ; files++)
        {
            var walk = Assembled();
            int written = 0;
            try
            {
                walk.Run(ItemName.Publish, _ =>
                {
                    Assert.False(File.Exists(_destination.Provenance));
                    Assert.False(_destination.Holds(maps));
                    if (++written == files) throw new IOException("the process dies here");
                });
                break;
            }
            catch (IOException)
            {
                Assert.False(File.Exists(_destination.Provenance));
            }
        }
        Assert.True(_destination.Holds(maps));
    }

    [Fact]
    public void Maps_of_another_scan_stay_untouched()
    {
        var walk = Assembled();
        Directory.CreateDirectory(Path.GetDirectoryName(_destination.Provenance)!);
        File.WriteAllText(_destination.Provenance, """{"source":{"image":"of another scan"}}""");
        File.WriteAllText(_destination.Image("D"), "theirs");
        Assert.Equal("OUTPUT-TAKEN", Assert.Throws<RefusalException>(() => walk.Run(ItemName.Publish)).Code);
        Assert.Equal("theirs", File.ReadAllText(_destination.Image("D")));
        Assert.Equal(2, TemporaryFolder.FilesOf(_dossier.Output).Count());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"source":{"image":4}}""")]
    [InlineData("""{"source":[]}""")]
    [InlineData("half a docu")]
    public void A_provenance_that_names_no_scan_is_replaced(string theirs)
    {
        var walk = Assembled();
        Directory.CreateDirectory(Path.GetDirectoryName(_destination.Provenance)!);
        File.WriteAllText(_destination.Provenance, theirs);
        Assert.True(_destination.Holds(PublishedMaps.Read(walk.Run(ItemName.Publish))));
    }

    [Fact]
    public void Maps_that_this_protocol_does_not_make_are_taken_away_and_strangers_stay()
    {
        Published();
        var (stale, stranger) = (_destination.Image("rmse-std"), Path.Combine(_dossier.Output, "sub-08", "note.txt"));
        File.WriteAllText(stale, "of an earlier protocol");
        File.WriteAllText(Destination.SideCar(stale), "{}");
        Directory.CreateDirectory(Path.GetDirectoryName(stranger)!);
        File.WriteAllText(stranger, "a person's");
        Assembled().Run(ItemName.Publish);
        Assert.False(File.Exists(stale) || File.Exists(Destination.SideCar(stale)));
        Assert.True(File.Exists(stranger));
        Assert.DoesNotContain(TemporaryFolder.FilesOf(_dossier.Output),
            file => file.EndsWith(DurableFile.TemporarySuffix, StringComparison.Ordinal));
    }

    /// <summary>A worker that slept while another protocol of the scan was published never mixes the two.</summary>
    [Fact]
    public void A_publisher_that_was_overtaken_by_another_study_writes_nothing_more()
    {
        var walk = Assembled();
        int written = 0;
        string[] before = [];
        var refusal = Assert.Throws<RefusalException>(() => walk.Run(ItemName.Publish, _ =>
        {
            if (++written != 2) return;
            File.WriteAllText(_destination.Claim, "st-00000000000000000000 of-another-run");
            before = Contents();
        }));
        Assert.Equal("OUTPUT-CONTESTED", refusal.Code);
        Assert.Equal(before, Contents());
    }

    [Fact]
    public void A_publisher_that_finds_the_claim_gone_and_other_maps_in_place_writes_nothing_more()
    {
        var walk = Assembled();
        var refusal = Assert.Throws<RefusalException>(
            () => walk.Run(ItemName.Publish, _ => File.Delete(_destination.Claim)));
        Assert.Equal("OUTPUT-CONTESTED", refusal.Code);
        Assert.False(File.Exists(_destination.Provenance));
    }

    [Fact]
    public void A_late_copy_of_a_finished_publication_disturbs_nothing()
    {
        var maps = Published();
        var before = Contents();
        bool isWhole = true;
        Assembled().Run(ItemName.Publish, _ => isWhole &= _destination.Holds(maps));
        Assert.True(isWhole);
        Assert.Equal(before, Contents());
        Assert.False(File.Exists(_destination.Claim));
    }

    [Fact]
    public void A_damaged_map_or_a_missing_file_is_noticed()
    {
        var maps = Published();
        Assert.True(_destination.Holds(maps));
        var whole = File.ReadAllBytes(_destination.Image("D"));
        TemporaryFolder.Damage(_destination.Image("D"));
        Assert.False(_destination.Holds(maps));
        File.WriteAllBytes(_destination.Image("D"), whole);
        Assert.True(_destination.Holds(maps));
        File.Delete(Destination.SideCar(_destination.Image("mask")));
        Assert.False(_destination.Holds(maps));
    }

    private string[] Contents() =>
    [
        .. TemporaryFolder.FilesOf(_dossier.Output).Order(StringComparer.Ordinal)
            .Select(file => $"{file} {HashOf(Path.Combine(_dossier.Output, file))}"),
    ];

    private static string HashOf(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));

    private ImmutableArray<PublishedMap> Published() => PublishedMaps.Read(Assembled().Run(ItemName.Publish));

    /// <summary>Everything but the publication comes out of the store from the second time on.</summary>
    private StudyWalk Assembled()
    {
        var walk = new StudyWalk(_folder, _dossier, StudyWalk.ThreeSlabs);
        walk.RunUntil(ItemName.Assemble);
        return walk;
    }
}
