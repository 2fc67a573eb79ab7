using Ivim.Actors.Artifacts;
using Ivim.Domain.Studies;

namespace Ivim.Actors.Tests.Artifacts;

public sealed class DossierFolderTests : IDisposable
{
    private static readonly StudyId Id = new("st-0123456789abcdef0123");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_dossier_comes_back_and_the_last_one_counts()
    {
        var dossiers = new DossierFolder(_folder["dossiers"]);
        var dossier = new StudyDossier("/a/ö image.nii.gz", "/a/b.bval", null, null, "/out", "sub-01_dwi");
        dossiers.Save(Id, dossier with { Output = "/elsewhere", Mask = "/a/mask.nii" });
        dossiers.Save(Id, dossier);
        Assert.Equal(dossier, new DossierFolder(_folder["dossiers"]).Read(Id));
        Assert.Equal([Id.Value + ".json"], TemporaryFolder.FilesOf(_folder["dossiers"]));
    }

    [Fact]
    public void A_study_without_a_dossier_has_none() =>
        Assert.ThrowsAny<IOException>(() => new DossierFolder(_folder.Root).Read(Id));
}
