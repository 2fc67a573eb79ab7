using System.Runtime.Intrinsics.X86;
using System.Text;
using System.Text.RegularExpressions;

namespace Ivim.Learning;

/// <summary>
/// Names what makes two machines bit-comparable: results are compared bit for bit within a class, by tolerance across.
/// </summary>
/// <remarks>
/// Covers: the instruction set that libtorch's kernels are chosen by, the processor's vendor (MKL takes other code
/// paths on other vendors' processors), and the environment variables that overrule that choice. One Torch thread is
/// assumed, which the trainer sees to. And the version of TorchSharp, which goes with one version of libtorch; the
/// program's own version is the stage version of the content key. Does not cover: processors of one vendor and
/// instruction set that differ in cache sizes, by which MKL and oneDNN may cut their blocks: there, equal bits are
/// likely but promised by nobody. A worker that finds a mismatch says so (HashMismatch).
/// </remarks>
public static partial class NumericClass
{
    private static readonly (string Variable, string Name)[] Overrides =
    [
        ("ATEN_CPU_CAPABILITY", "aten"), ("ONEDNN_MAX_CPU_ISA", "onednn"), ("DNNL_MAX_CPU_ISA", "onednn"),
        ("MKL_ENABLE_INSTRUCTIONS", "mkl"), ("MKL_CBWR", "cbwr"), ("MKL_DEBUG_CPU_TYPE", "mkltype"),
    ];

    /// <summary>`cpu-x64-avx512-intel-torch0.107`, `cuda-sm90-torch0.107`; overrides before the version.</summary>
    public static string Describe(ComputeDevice device)
    {
        var version = typeof(TorchSharp.torch).Assembly.GetName().Version!;
        return $"{(device.IsCuda ? Cuda() : Cpu(Environment.GetEnvironmentVariable))}-torch{version.ToString(2)}";
    }

    /// <summary>Whether some machine could be of this class.</summary>
    public static bool IsName(string name) => Name().IsMatch(name);

    [GeneratedRegex("^(cpu-x64-(sse|avx2|avx512)(-[a-z0-9_.]+)*|cuda-sm[0-9]+)-torch[0-9]+\\.[0-9]+$")]
    private static partial Regex Name();

    internal static string Cpu(Func<string, string?> environment)
    {
        var name = new StringBuilder("cpu-x64-").Append(InstructionSet());
        if (Vendor() is { } vendor) name.Append('-').Append(vendor);
        foreach (var (variable, shortName) in Overrides)
        {
            if (environment(variable) is { Length: > 0 } value)
                name.Append('-').Append(shortName).Append('.').Append(Plain(value));
        }
        return name.ToString();
    }

    /// <summary>As libtorch asks: from the processor itself, whatever .NET was told to use.</summary>
    private static string InstructionSet()
    {
        if (!X86Base.IsSupported || X86Base.CpuId(0, 0).Eax < 7) return "sse";
        const int avx2 = 1 << 5, avx512 = 1 << 16 | 1 << 17 | 1 << 30 | 1 << 31;    // F, DQ, BW, VL
        int features = X86Base.CpuId(7, 0).Ebx;
        return (features & avx512) == avx512 ? "avx512" : (features & avx2) != 0 ? "avx2" : "sse";
    }

    private static string? Vendor()
    {
        if (!X86Base.IsSupported) return null;
        return X86Base.CpuId(0, 0).Ebx switch
        {
            0x756E6547 => "intel",     // "Genu"
            0x68747541 => "amd",       // "Auth"
            _ => "other",
        };
    }

    private static string Cuda()
    {
        // Torch's architecture is not in TorchSharp's surface; the driver tells it.
        var (major, minor) = CudaDriver.ComputeCapability();
        return $"cuda-sm{major}{minor}";
    }

    private static string Plain(string value) =>
        new([.. value.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')]);
}
