using Ivim.Chart.Tests.Machine;
using Ivim.Chart.Tests.Rendering;

namespace Ivim.Chart.Tests;

/// <summary>Values that would be forgotten or misread are refused.</summary>
public sealed class SchemaTests
{
    [SkippableTheory]
    [InlineData("seed.replicas=3", "additional properties 'seed' not allowed")]
    [InlineData("seeds.replica=3", "additional properties 'replica' not allowed")]
    [InlineData("seeds.replicas=0", "minimum")]
    [InlineData("seeds.replicas=three", "want integer")]
    [InlineData("seeds.image.tags=1", "additional properties 'tags' not allowed")]
    [InlineData("seeds.image.digest=sha256:12", "does not match pattern")]
    [InlineData("seeds.extraEnv[0].name=IVIM_TOKEN", "'not' failed")]
    [InlineData("seeds.resources.limit.memory=1Gi", "additional properties 'limit' not allowed")]
    [InlineData("workers.pools[0].name=A_B", "does not match pattern")]
    [InlineData("workers.pools[0].gpu=1", "additional properties 'gpu' not allowed")]
    [InlineData("workers.pools[0].device=tpu", "value must be one of 'cpu', 'cuda'")]
    [InlineData("tls.mode=none", "value must be one of")]
    [InlineData("tls.secret=x", "additional properties 'secret' not allowed")]
    [InlineData("api.token=0123456789abcdef", "additional properties 'token' not allowed")]
    [InlineData("journal.url=postgres://u:p@h/d", "additional properties 'url' not allowed")]
    [InlineData("podSecurity.runAsUser=0", "minimum")]
    [InlineData("settings.lease=0", "minimum")]
    [InlineData("networkPolicy.apiFrom[0]=everybody", "want object")]
    public void The_schema_refuses(string value, string saying)
    {
        var ran = Helm.Template(Repository.Chart, null, "--set", value);

        Assert.False(ran.Succeeded, ran.Output);
        Assert.Contains(saying, ran.Error, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("tls.existingSecret=", "tls.existingSecret is needed")]
    [InlineData("ingress.enabled=true", "ingress.enabled needs networkPolicy.apiFrom")]
    [InlineData("workers.pools[0].name=a,workers.pools[1].name=a", "two pools of one name")]
    public void The_chart_refuses_what_cannot_work(string values, string saying)
    {
        var ran = Helm.Template(Repository.Chart, null, "--set", values);

        Assert.False(ran.Succeeded, ran.Output);
        Assert.Contains(saying, ran.Error, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("/etc/scans")]
    [InlineData("/var/lib/ivim")]
    [InlineData("scans")]
    public void Scans_cannot_hide_what_the_programs_need(string mountPath)
    {
        var ran = Helm.Template(Repository.Chart, null, "--set",
            $"storage.data[0].name=a,storage.data[0].existingClaim=b,storage.data[0].mountPath={mountPath}");

        Assert.False(ran.Succeeded, ran.Output);
        Assert.Contains("/storage/data/0/mountPath", ran.Error, StringComparison.Ordinal);
    }
}
