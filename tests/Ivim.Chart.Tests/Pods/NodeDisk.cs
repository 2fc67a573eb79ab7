using System.Globalization;
using Ivim.Chart.Tests.Machine;
using k8s.Models;

namespace Ivim.Chart.Tests.Pods;

/// <summary>The volumes of a cluster as folders: claims and secrets by name, scratch space for each pod.</summary>
internal sealed class NodeDisk(TemporaryFolder folder)
{
    public string Hosts => folder.Path("hosts");

    public string Claim(string name) => folder.Path("claims", name);

    public void MakeSecret(string name, IReadOnlyDictionary<string, string> entries)
    {
        foreach (var (key, text) in entries) folder.Write(Path.Combine("secrets", name, key), text);
    }

    /// <summary>The folder that takes the place of a volume of a pod.</summary>
    public string FolderOf(V1Volume volume, string pod, V1PodSecurityContext security)
    {
        if (volume.Secret is { } secret) return Chosen(secret, pod, security);
        bool isClaim = volume.PersistentVolumeClaim is not null;
        string made = isClaim ? Claim(volume.PersistentVolumeClaim!.ClaimName)
            : folder.Path("pods", pod, volume.Name);
        Directory.CreateDirectory(made);
        Command.Run("chown", $"root:{security.FsGroup}", made);
        Command.Run("chmod", isClaim ? "2770" : "1777", made);
        return made;
    }

    /// <summary>A fresh place for the root of a container.</summary>
    public string Root(string pod, string container) =>
        Directory.CreateDirectory(folder.Path("roots", pod, container)).FullName;

    public string Note(string name, string text) => folder.Write(name, text);

    /// <summary>
    /// The keys that the volume names, by the paths that it gives them; of a volume without any, all. As the kubelet
    /// lays it out: the pod's group reads, nobody writes.
    /// </summary>
    private string Chosen(V1SecretVolumeSource secret, string pod, V1PodSecurityContext security)
    {
        string kept = folder.Path("secrets", secret.SecretName);
        string shown = folder.Path("pods", pod, "secret-" + secret.SecretName);
        var items = secret.Items?.Select(item => (item.Key, item.Path))
            ?? Directory.EnumerateFiles(kept).Select(Path.GetFileName).Select(key => (Key: key!, Path: key!));
        foreach (var (key, path) in items)
        {
            string file = folder.Write(Path.Combine("pods", pod, "secret-" + secret.SecretName, path),
                File.ReadAllText(Path.Combine(kept, key)));
            Command.Run("chmod", Convert.ToString(secret.DefaultMode ?? 420, 8), file);
        }
        Command.Run("chown", "-R",
            string.Create(CultureInfo.InvariantCulture, $"root:{security.FsGroup}"), shown);
        return shown;
    }
}
