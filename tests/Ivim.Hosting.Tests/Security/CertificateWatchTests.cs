using Ivim.Hosting.Security;
using Ivim.Physics;

namespace Ivim.Hosting.Tests.Security;

public sealed class CertificateWatchTests : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(10), Patience = TimeSpan.FromMinutes(2);

    private readonly TestAuthority _authority = new();
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_swapped_symbolic_link_is_noticed_as_kubernetes_swaps_it()
    {
        _authority.Issue(_folder["first"]);
        _authority.Issue(_folder["second"]);
        Directory.CreateSymbolicLink(_folder["data"], _folder["first"]);
        var watch = new CertificateWatch(_folder["data"], "ivim", TimeProvider.System);
        var renewed = watch.Renewed(Every, Unexpected, CancellationToken.None);
        Directory.CreateSymbolicLink(_folder["next"], _folder["second"]);
        Process("mv", "-T", _folder["next"], _folder["data"]);
        Assert.NotNull(await renewed.WaitAsync(Patience));
    }

    [Fact]
    public async Task Files_that_do_not_fit_together_are_reported_once_and_waited_for()
    {
        _authority.Issue(_folder.Path);
        var watch = new CertificateWatch(_folder.Path, "ivim", TimeProvider.System);
        var complaints = new List<string>();
        var complained = new TaskCompletionSource();
        _authority.Issue(_folder["next"]);
        File.Copy(_folder["next/tls.key"], _folder["tls.key"], overwrite: true);
        var renewed = watch.Renewed(Every, refusal =>
        {
            complaints.Add(refusal.Code);
            complained.TrySetResult();
        }, CancellationToken.None);
        await complained.Task.WaitAsync(Patience);
        Assert.False(renewed.IsCompleted);
        File.Copy(_folder["next/tls.crt"], _folder["tls.crt"], overwrite: true);
        Assert.NotNull(await renewed.WaitAsync(Patience));
        Assert.Equal("TLS-FILES", complaints[0]);
    }

    [Fact]
    public async Task Nothing_comes_while_nothing_changes()
    {
        _authority.Issue(_folder.Path);
        var watch = new CertificateWatch(_folder.Path, "ivim", TimeProvider.System);
        using var enough = new CancellationTokenSource(20 * Every);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch.Renewed(Every, Unexpected, enough.Token));
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    private static void Unexpected(RefusalException refusal) => Assert.Fail(refusal.Message);

    private static void Process(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
