using Ivim.Chart.Tests.Rendering;
using Ivim.Chart.Tests.Rules;
using k8s.Models;

namespace Ivim.Chart.Tests;

/// <summary>What the chart makes of each set of values.</summary>
public sealed class RuleTests
{
    public static TheoryData<string> ValueSets => ValueSet.All;

    [SkippableTheory, MemberData(nameof(ValueSets))]
    public void The_objects_keep_all_rules(string values)
    {
        string port = values == "closed-network" ? "6432" : NodePorts.Database;

        Assert.Empty(ChartRules.Broken(ValueSet.Render(values), port));
    }

    [SkippableTheory, MemberData(nameof(ValueSets))]
    public void The_objects_have_what_kubernetes_asks_for(string values) =>
        Assert.Empty(KubernetesModels.Faults(ValueSet.Render(values).Text));

    [SkippableTheory, MemberData(nameof(ValueSets))]
    public void Every_file_of_the_chart_makes_one_kind_of_object(string values)
    {
        var kinds = ValueSet.Render(values).Text.Split("\n---\n")
            .Select(document => document.Split('\n')).Select(lines => (
                Source: lines.First(line => line.StartsWith("# Source: ", StringComparison.Ordinal)),
                Kind: lines.First(line => line.StartsWith("kind: ", StringComparison.Ordinal))))
            .Distinct();

        Assert.All(kinds.GroupBy(pair => pair.Source), file => Assert.Single(file));
    }

    [SkippableFact]
    public void A_pool_with_gpus_asks_for_them_and_trains_on_them()
    {
        var gpu = ValueSet.Render("pools").Workloads.Single(workload => workload.Name == "ivim-worker-gpu");

        Assert.Equal("1", gpu.Pod.Containers[0].Resources.Limits["nvidia.com/gpu"].ToString());
        Assert.Equal("cuda", gpu.Argument("device"));
        Assert.Equal("ivim-worker-cuda:0.1.0-cuda", gpu.Pod.Containers[0].Image);
    }

    [SkippableFact]
    public void A_pool_may_have_no_workers()
    {
        var pools = ValueSet.Render("pools").All<V1Deployment>();

        Assert.Equal(0, pools.Single(pool => pool.Metadata.Name == "ivim-worker-idle").Spec.Replicas);
    }

    [SkippableFact]
    public void A_certificate_has_what_nodes_and_clients_look_for()
    {
        var made = ValueSet.Render("issuer").All<Certificate>().Single().Spec;

        Assert.Equal("ivim-prod", made.CommonName);
        Assert.Equal(["digital signature", "server auth", "client auth"], made.Usages);
        Assert.Contains("ivim-api.imaging.svc", made.DnsNames);
        Assert.Equal("PKCS8", made.PrivateKey.Encoding);
    }

    [SkippableFact]
    public void A_platform_may_give_the_users_itself()
    {
        Assert.All(ValueSet.Render("platform").Workloads, workload =>
        {
            Assert.Null(workload.Pod.SecurityContext.RunAsUser);
            Assert.Null(workload.Pod.SecurityContext.FsGroup);
            Assert.All(workload.Containers, container =>
                Assert.StartsWith("registry.example.org/imaging/", container.Image, StringComparison.Ordinal));
        });
    }
}
