using Ivim.Chart.Tests.Images;
using Ivim.Chart.Tests.Machine;
using Ivim.Chart.Tests.Rendering;

namespace Ivim.Chart.Tests;

/// <summary>The Dockerfiles, which nobody can build here, against the chart and the sources.</summary>
public sealed class DockerfileTests
{
    private const string User = "65532:65532";

    [Fact]
    public void There_is_one_for_each_kind_of_node() =>
        Assert.Equal(["seed.Dockerfile", "worker.Dockerfile"], Dockerfile.All.Select(file => file.Name));

    [Fact]
    public void Each_runs_as_a_user_by_number_and_ends_on_sigterm() => Assert.All(Dockerfile.All, file =>
    {
        Assert.Equal(User, file.User);
        Assert.Equal("SIGTERM", file.StopSignal);
        Assert.DoesNotContain(file.Of("ADD"), _ => true);
        Assert.Equal(["${SDK_IMAGE} AS build", "${RUNTIME_IMAGE}"], file.Of("FROM"));
        Assert.Contains("HOME=/tmp", file.Environment);
    });

    [Fact]
    public void The_cuda_build_is_the_one_of_the_sources() => Assert.Contains(
        "TorchBackend=${TORCH_BACKEND}",
        Dockerfile.All.Single(file => file.Name == "worker.Dockerfile").Of("ENV").First(), StringComparison.Ordinal);

    [Fact]
    public void What_is_published_is_in_what_docker_is_given()
    {
        var given = File.ReadAllLines(Path.Combine(Repository.Root, ".dockerignore"))
            .Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();

        Assert.All(given, name => Assert.True(Path.Exists(Path.Combine(Repository.Root, name)), name));
        Assert.All(Directory.EnumerateFiles(Repository.Root, "Directory.*"),
            file => Assert.Contains(Path.GetFileName(file), given));
        Assert.All(Dockerfile.All.SelectMany(file => file.Publishes),
            command => Assert.Contains(command.Split(' ')[2].Split('/')[0], given));
    }

    [SkippableFact]
    public void The_chart_starts_what_the_image_starts()
    {
        var nodes = ValueSet.Render("defaults").Workloads.Where(workload => workload.IsNode);

        Assert.All(nodes, node => Assert.Equal(
            Dockerfile.All.Single(file => file.Name == node.Component + ".Dockerfile").EntryPoint,
            node.Pod.Containers[0].Command));
        Assert.All(nodes, node => Assert.Equal(User,
            $"{node.Pod.SecurityContext.RunAsUser}:{node.Pod.SecurityContext.RunAsGroup}"));
    }
}
