using System.Runtime.InteropServices;

namespace Ivim.Learning;

/// <summary>The one question that TorchSharp does not answer: which architecture the first GPU has.</summary>
internal static partial class CudaDriver
{
    private const int Major = 75, Minor = 76;     // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR and _MINOR

    /// <exception cref="InvalidOperationException">The driver refused.</exception>
    public static (int Major, int Minor) ComputeCapability()
    {
        Expect(Initialize(0));
        Expect(GetDevice(out int device, 0));
        Expect(GetAttribute(out int major, Major, device));
        Expect(GetAttribute(out int minor, Minor, device));
        return (major, minor);
    }

    private static void Expect(int status)
    {
        if (status != 0) throw new InvalidOperationException($"the CUDA driver answered {status}");
    }

    [LibraryImport("libcuda.so.1", EntryPoint = "cuInit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Initialize(uint flags);

    [LibraryImport("libcuda.so.1", EntryPoint = "cuDeviceGet")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetDevice(out int device, int ordinal);

    [LibraryImport("libcuda.so.1", EntryPoint = "cuDeviceGetAttribute")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetAttribute(out int value, int attribute, int device);
}
