using Ivim.Chart.Tests.Machine;
using Ivim.Chart.Tests.Rendering;
using Ivim.Chart.Tests.Rules;
using YamlDotNet.Core;

namespace Ivim.Chart.Tests;

/// <summary>Charts with one fault each: whoever looks after the chart has to see it.</summary>
public sealed class BrokenChartTests
{
    [SkippableTheory]
    [InlineData("_pod.tpl", "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false", "its root file system")]
    [InlineData("_pod.tpl", "drop: [ALL]", "drop: [NET_RAW]", "keeps capabilities")]
    [InlineData("_pod.tpl", "runAsNonRoot: true", "runAsNonRoot: false", "root is not refused")]
    [InlineData("_pod.tpl", "persistentVolumeClaim:\n    claimName: {{ include \"ivim.workClaim\" . }}",
        "hostPath:\n    path: /srv", "is a hostPath")]
    [InlineData("_pod.tpl", "defaultMode: 288", "defaultMode: 292", "anyone in the pod reads tls")]
    [InlineData("_pod.tpl", "--work=", "--folder=", "USAGE")]
    [InlineData("_pod.tpl", "--tls=/etc/ivim/tls", "--heartbeat=1", "TLS-REQUIRED")]
    [InlineData("_ports.tpl", "4053", "4054", "its node port is not the program's")]
    [InlineData("_names.tpl", "%s-%d.%s:%s", "%s-%d.x%s:%s", "none of the seeds")]
    [InlineData("_network.tpl", "\"component\" \"worker\"", "\"component\" \"other\"", "worker cannot reach seed:4053")]
    [InlineData("worker-networkpolicy.yaml", "    {{- include \"ivim.nodeEgress\" . | nindent 4 }}",
        "    - {}", "worker reaches else:any")]
    [InlineData("seed-statefulset.yaml", "path: /healthz/live", "path: /healthz/ready", "its life hangs on")]
    [InlineData("seed-statefulset.yaml", "add .Values.seeds.graceSeconds $drain 15", "add .Values.seeds.graceSeconds",
        "killed before its orderly end")]
    [InlineData("seed-statefulset.yaml", "--journal-file=/etc/ivim/journal/{{ .Values.journal.key }}",
        "--journal=postgres://u:p@h/d", "a secret on its command line")]
    [InlineData("seed-statefulset.yaml", "enableServiceLinks: false", "enableServiceLinks: true", "read as settings")]
    [InlineData("worker-deployment.yaml", "automountServiceAccountToken: false", "hostNetwork: true",
        "a token of the Kubernetes API")]
    [InlineData("worker-poddisruptionbudget.yaml", "{{ $pool.name }}\n{{- end }}", "none\n{{- end }}",
        "not one disruption budget")]
    [InlineData("api-service.yaml", "targetPort: api", "targetPort: http", "leads api nowhere")]
    public void A_rule_sees_it(string file, string right, string wrong, string saying)
    {
        var ran = Rendered(file, right, wrong);
        Assert.True(ran.Succeeded, ran.Error);

        Assert.Contains(ChartRules.Broken(RenderedChart.Of(ran.Output)),
            what => what.Contains(saying, StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("worker-networkpolicy.yaml", "  ingress:", "  ingres:")]
    [InlineData("worker-deployment.yaml", "terminationGracePeriodSeconds", "terminationGracePeriodSecondss")]
    [InlineData("seed-statefulset.yaml", "replicas: {{ .Values.seeds.replicas }}", "replicas: many")]
    public void The_loader_refuses_it(string file, string right, string wrong)
    {
        var ran = Rendered(file, right, wrong);
        Assert.True(ran.Succeeded, ran.Error);

        Assert.ThrowsAny<YamlException>(() => RenderedChart.Of(ran.Output));
    }

    [SkippableTheory]
    [InlineData("worker-deployment.yaml", "  selector:\n    matchLabels:\n      {{- $selector | nindent 6 }}", "",
        "selector")]
    [InlineData("seed-statefulset.yaml", "- name: seed\n", "- terminationMessagePath: /x\n", "name")]
    [InlineData("seed-service.yaml", "port: {{ include \"ivim.nodePort\" . }}\n      targetPort", "targetPort", "port")]
    public void The_schemas_of_kubernetes_miss_it(string file, string right, string wrong, string missing)
    {
        var ran = Rendered(file, right, wrong);
        Assert.True(ran.Succeeded, ran.Error);

        Assert.Contains(KubernetesModels.Faults(ran.Output),
            fault => fault.Contains($"required property {missing}", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void The_loader_refuses_a_kind_that_nobody_knows()
    {
        var ran = Rendered("seed-service.yaml", "kind: Service", "kind: Servise");

        Assert.Throws<KeyNotFoundException>(() => RenderedChart.Of(ran.Output));
    }

    [SkippableFact]
    public void Helm_refuses_a_template_that_cannot_be_read()
    {
        var ran = Rendered("seed-service.yaml", "{{- include", "{{- inclde");

        Assert.False(ran.Succeeded, ran.Output);
    }

    /// <summary>A copy of the chart with another text in one of its files.</summary>
    private static Command Rendered(string file, string right, string wrong)
    {
        using var folder = new TemporaryFolder();
        string chart = folder.Path("ivim");
        foreach (string path in Directory.EnumerateFiles(Repository.Chart, "*", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(path);
            if (Path.GetFileName(path) == file)
            {
                Assert.Contains(right, text, StringComparison.Ordinal);
                text = text.Replace(right, wrong, StringComparison.Ordinal);
            }
            folder.Write(Path.Combine("ivim", Path.GetRelativePath(Repository.Chart, path)), text);
        }
        return Helm.Template(chart);
    }
}
