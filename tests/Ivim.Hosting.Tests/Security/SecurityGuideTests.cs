using System.Diagnostics;
using Ivim.Hosting.Security;

namespace Ivim.Hosting.Tests.Security;

/// <summary>The commands of docs/security.md make what a node takes.</summary>
public sealed class SecurityGuideTests
{
    [SkippableFact]
    public void The_private_authority_of_the_guide_is_believed()
    {
        Skip.IfNot(File.Exists("/usr/bin/openssl"), "openssl is not installed here");
        using var folder = new TemporaryFolder();
        var script = File.ReadAllText(Path.Combine(Root(), "docs/security.md")).Split("```sh\n")[1].Split("```")[0];
        File.WriteAllText(folder["make.sh"], script);
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-e", folder["make.sh"]])
        {
            WorkingDirectory = folder.Path, RedirectStandardError = true,
        })!;
        var errors = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        Assert.True(shell.ExitCode == 0, errors);
        Assert.NotNull(RemoteSecurity.Load(folder["node"], "ivim", TimeProvider.System));
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Ivim.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
