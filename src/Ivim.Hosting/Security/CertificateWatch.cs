using System.Security.Cryptography;
using Ivim.Physics;

namespace Ivim.Hosting.Security;

/// <summary>Notices that the certificate was renewed, so that the node can take the new one up.</summary>
/// <remarks>
/// The bytes are compared, not the times: Kubernetes swaps a symbolic link, other tools write in place. Files that are
/// swapped one after another are looked at again until they fit together.
/// </remarks>
public sealed class CertificateWatch
{
    private readonly string _folder;
    private readonly string _subject;
    private readonly TimeProvider _clock;
    private string _known;

    /// <summary>Make this first, then load: what changes in between is noticed.</summary>
    public CertificateWatch(string folder, string subject, TimeProvider clock)
    {
        (_folder, _subject, _clock) = (folder, subject, clock);
        _known = Fingerprint();
    }

    /// <summary>Comes back with the new certificate once there is one that can be used.</summary>
    /// <param name="every">How often the folder is looked at.</param>
    /// <param name="refused">Hears, once for each change, why changed files cannot be used yet; never a path.</param>
    public async Task<RemoteSecurity> Renewed(TimeSpan every, Action<RefusalException> refused,
        CancellationToken cancellation)
    {
        var complained = "";
        while (true)
        {
            await Task.Delay(every, _clock, cancellation);
            var now = Fingerprint();
            if (now == _known) continue;
            try
            {
                var renewed = RemoteSecurity.Load(_folder, _subject, _clock);
                if (Fingerprint() != now) continue;
                _known = now;
                return renewed;
            }
            catch (RefusalException refusal)
            {
                if (complained != now) refused(refusal);
                complained = now;
            }
        }
    }

    private string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in CertificateFolder.Names)
        {
            hash.AppendData(Contents(Path.Combine(_folder, name)));
            hash.AppendData([0]);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A file that is away for a moment is a change like any other.</summary>
    private static byte[] Contents(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
