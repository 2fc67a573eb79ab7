using System.Text.Json;
using Ivim.Domain.Protocols;
using Ivim.Hosting.Cohorts;
using Ivim.Hosting.Manifests;
using Ivim.Hosting.Tests.Api;
using Ivim.Physics;

namespace Ivim.Hosting.Tests.Manifests;

public sealed class ManifestReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ManifestReaderTests()
    {
        SmallStudy.Write(_folder["one"]);
        SmallStudy.Write(_folder["two"], s0: 900);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_table_and_a_document_that_say_the_same_are_the_same_entries()
    {
        File.WriteAllText(_folder["site.json"], """{ "input": { "bMaxSecondsPerMm2": 500 } }""");
        var table = Read("m.csv", """
            centre,subject,session,image,bvalues,mask,protocol,priority
            A,"Jansen, Jan",,one/sub-07_dwi.nii.gz,,one/mask.nii.gz,site.json,2
            B,7,late,two/sub-07_dwi.nii.gz,two/sub-07_dwi.bval,,,
            """);
        var document = Read("m.json", """
            { "schema": "ivim-manifest/1", "studies": [
              { "centre": "A", "subject": "Jansen, Jan", "image": "one/sub-07_dwi.nii.gz",
                "mask": "one/mask.nii.gz", "protocol": { "input": { "bMaxSecondsPerMm2": 500 } }, "priority": 2 },
              { "centre": "B", "subject": "7", "session": "late", "image": "two/sub-07_dwi.nii.gz" } ] }
            """);
        Assert.Empty(table.Findings);
        Assert.Equal(table.Entries.AsEnumerable(), document.Entries);
        Assert.Equal(["A", "B"], table.Centres.Select(centre => centre.Centre));
        // As the server keeps them.
        var kept = table.Entries.Select(entry => CohortManifestEntry.Of(entry).ToEntry()).ToList();
        Assert.Equal(table.Entries.AsEnumerable(), kept);
        Assert.Equal(table.Entries.Select(entry => entry.Hash), kept.Select(entry => entry.Hash));
    }

    [Fact]
    public void Everything_that_is_wrong_is_found_at_once_and_named_by_its_number()
    {
        File.WriteAllText(_folder["short.bval"], "0 10 20");
        File.WriteAllText(_folder["site.json"], """{ "members": 5 }""");
        var found = Read("m.csv", """
            centre,subject,session,image,bvalues,mask,protocol,priority
            A,1,,one/sub-07_dwi.nii.gz,,,,
            A,2,,one/sub-07_dwi.nii.gz,,,,
            A,1,,two/sub-07_dwi.nii.gz,,,,
            A,3,,two/none.nii.gz,,,,
            A,4,,two/sub-07_dwi.nii.gz,short.bval,,,
            A,5,,two/sub-07_dwi.nii.gz,,,site.json,
            A-b,6,,two/sub-07_dwi.nii.gz,,,,
            A,,,two/sub-07_dwi.nii.gz,,,,
            A,8,,../two/sub-07_dwi.nii.gz,,,,
            A,9,,two,,,,
            A,10,,two/sub-07_dwi.nii.gz,,,,1e9
            A,11,,two/mask.nii.gz,,,,
            A,12,,two/sub-07_dwi.nii.gz,,,,
            """);
        Assert.Equal(
            [
                (2, "MANIFEST-TWICE"), (3, "MANIFEST-TWICE"), (4, "FILE-MISSING"), (5, "BVAL-COUNT"),
                (6, "PROTOCOL-JSON"), (7, "MANIFEST-CENTRE"), (8, "MANIFEST-LABEL"), (9, "PATH-OUTSIDE-ROOT"),
                (10, "FILE-IS-FOLDER"), (11, "MANIFEST-PRIORITY"), (12, "BVAL-MISSING"),
            ],
            found.Findings.Select(finding => (finding.Entry, finding.Code)));
        Assert.Equal(["1", "12"], found.Entries.Select(entry => entry.Subject));
    }

    [Theory]
    [InlineData("m.csv", "centre,subject\nA,1", "MANIFEST-COLUMNS")]
    [InlineData("m.csv", "centre,subject,image,image\nA,1,2,3", "MANIFEST-COLUMNS")]
    [InlineData("m.csv", "centre,subject,image,age\nA,1,2,3", "MANIFEST-COLUMNS")]
    [InlineData("m.csv", "centre,subject,image\nA,1", "MANIFEST-CSV")]
    [InlineData("m.csv", "centre,subject,image\nA,\"1,2", "MANIFEST-CSV")]
    [InlineData("m.csv", "centre,subject,image\n", "MANIFEST-EMPTY")]
    [InlineData("m.csv", "", "MANIFEST-CSV")]
    [InlineData("m.json", "[]", "MANIFEST-JSON")]
    [InlineData("m.json", """{ "schema": "ivim-manifest/1", "studies": [ { "center": "A" } ] }""", "MANIFEST-JSON")]
    [InlineData("m.json", """{ "schema": "ivim-manifest/2", "studies": [] }""", "MANIFEST-JSON")]
    [InlineData("m.json", """{ "schema": "ivim-manifest/1", "studies": [] }""", "MANIFEST-EMPTY")]
    [InlineData("m.xlsx", "PK", "MANIFEST-KIND")]
    public void What_is_no_manifest_is_refused(string name, string text, string code) =>
        Assert.Equal(code, Assert.Throws<RefusalException>(() => Read(name, text)).Code);

    [Fact]
    public void A_BIDS_dataset_is_a_manifest_and_its_participants_tell_the_centres()
    {
        using var dataset = new TemporaryFolder();
        foreach (var (subject, number) in new[] { ("01", 1), ("02", 2) })
        {
            var from = SmallStudy.Write(_folder[$"from{number}"], s0: 700 + number);
            var folder = Directory.CreateDirectory(Path.Combine(dataset.Path, $"sub-{subject}", "ses-1", "dwi"));
            File.Copy(from.Image, Path.Combine(folder.FullName, $"sub-{subject}_ses-1_dwi.nii.gz"));
        }
        File.Copy(Path.Combine(_folder["one"], "sub-07_dwi.bval"), dataset["dwi.bval"]);
        Assert.Equal(["all"], ManifestReader.Read(dataset.Path, null, new Protocol()).Centres.Select(c => c.Centre));
        File.WriteAllText(dataset["participants.tsv"],
            "participant_id\tage\tsite\nsub-01\t40\tOslo\nsub-02\t41\tLeiden\n");
        var found = ManifestReader.Read(dataset.Path, null, new Protocol());
        Assert.Empty(found.Findings);
        Assert.Equal([("Oslo", "01", "ses-1", "dwi.bval"), ("Leiden", "02", "ses-1", "dwi.bval")],
            found.Entries.Select(entry => (entry.Centre, entry.Subject, entry.Session, entry.BValues)));
        File.WriteAllText(dataset["participants.tsv"], "participant_id\tsite\nsub-01\tOslo\n");
        var lacking = ManifestReader.Read(dataset.Path, null, new Protocol());
        Assert.Equal([(2, "MANIFEST-CENTRE")], lacking.Findings.Select(finding => (finding.Entry, finding.Code)));
    }

    [Fact]
    public void The_files_of_an_entry_are_looked_up_inside_the_root_again_when_they_are_needed()
    {
        var found = Read("m.csv", "centre,subject,image\nA,1,one/sub-07_dwi.nii.gz");
        var jail = new RootJail(found.Root);
        Assert.Equal(_folder["one/sub-07_dwi.bval"],
            ManifestFiles.Dossier(found.Entries[0], jail, "/out", "sub-x_dwi").BValues);
        using var elsewhere = new TemporaryFolder();
        File.Move(_folder["one/sub-07_dwi.bval"], elsewhere["b"]);
        File.CreateSymbolicLink(_folder["one/sub-07_dwi.bval"], elsewhere["b"]);
        Assert.Equal("PATH-OUTSIDE-ROOT", Assert.Throws<RefusalException>(
            () => ManifestFiles.Dossier(found.Entries[0], jail, "/out", "sub-x_dwi")).Code);
    }

    [Fact]
    public void No_finding_repeats_a_label_or_a_path()
    {
        const string Canary = "CANARY-4711";
        var found = Read("m.csv", $"""
            centre,subject,session,image,bvalues,mask,protocol
            {Canary},{Canary},,one/sub-07_dwi.nii.gz,,,
            A,{Canary},{Canary},{Canary}/scan.nii.gz,,,
            A,{Canary}1,,one/sub-07_dwi.nii.gz,{Canary}.bval,,
            A,{Canary}2,,one/sub-07_dwi.nii.gz,,../{Canary}.nii.gz,
            A,{Canary}3,,one/sub-07_dwi.nii.gz,,,{Canary}.json
            """);
        Assert.Equal(5, found.Findings.Length);
        Assert.DoesNotContain(Canary, JsonSerializer.Serialize(found.Findings), StringComparison.Ordinal);
    }

    private CheckedManifest Read(string name, string text)
    {
        File.WriteAllText(_folder[name], text);
        return ManifestReader.Read(_folder[name], null, new Protocol());
    }
}
