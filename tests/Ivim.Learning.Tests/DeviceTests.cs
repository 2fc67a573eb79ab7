using Ivim.Physics;

namespace Ivim.Learning.Tests;

public class DeviceTests
{
    [Fact]
    public void The_processor_is_there() => Assert.False(ComputeDevice.Resolve("cpu").IsCuda);

    [Fact]
    public void An_unknown_device_is_refused() =>
        Assert.Equal("DEVICE-UNKNOWN", Assert.Throws<RefusalException>(() => ComputeDevice.Resolve("tpu")).Code);

    [SkippableFact]
    public void Cuda_without_a_device_is_refused_and_auto_takes_the_processor()
    {
        Skip.If(TorchSharp.torch.cuda.is_available());
        Assert.Equal("DEVICE-NO-CUDA", Assert.Throws<RefusalException>(() => ComputeDevice.Resolve("cuda")).Code);
        Assert.False(ComputeDevice.Resolve("auto").IsCuda);
    }

    [Theory]
    // As glibc's loader words it.
    [InlineData("/x/libLibTorchSharp.so: /lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /x/y.so)",
        "the system's library lacks version GLIBCXX_3.4.32")]
    [InlineData("libgomp.so.1: cannot open shared object file: No such file or directory",
        "the system lacks libgomp.so.1")]
    [InlineData("something else in /home/somebody", "the loader gave no known reason")]
    public void A_library_that_does_not_load_is_explained_without_a_path(string message, string expected) =>
        Assert.Equal(expected, TorchLibrary.Explain(message));

    [Fact]
    public void Libraries_that_are_not_there_are_named() =>
        Assert.Equal("no libc10.so beside the program", TorchLibrary.WhatIsMissing("/nowhere"));

    [Fact]
    public void Libraries_that_are_there_load() =>
        Assert.Equal("Torch libraries that load but do not start",
            TorchLibrary.WhatIsMissing(AppContext.BaseDirectory));

    [Fact]
    public void The_numeric_class_names_instructions_and_vendor() =>
        Assert.Matches("^cpu-x64-(sse|avx2|avx512)(-(intel|amd|other))?$", NumericClass.Cpu(_ => null));

    [Fact]
    public void What_overrules_the_instructions_is_part_of_the_class() =>
        Assert.EndsWith("-aten.avx2-cbwr.compatible", NumericClass.Cpu(variable => variable switch
        {
            "ATEN_CPU_CAPABILITY" => "avx2",
            "MKL_CBWR" => "COMPATIBLE",
            _ => null,
        }), StringComparison.Ordinal);
}
