using Ivim.Physics;
using TorchSharp;
using static TorchSharp.torch;

namespace Ivim.Learning;

/// <summary>
/// Where networks run: this machine's processor or its first CUDA device. Made by <see cref="Resolve"/> only.
/// </summary>
public sealed class ComputeDevice
{
    private ComputeDevice(Device torchDevice) => Torch = torchDevice;

    public bool IsCuda => Torch.type == DeviceType.CUDA;

    internal Device Torch { get; }

    /// <param name="choice">`auto` (CUDA where there is one), `cpu` or `cuda`.</param>
    /// <exception cref="RefusalException">DEVICE-UNKNOWN, DEVICE-NO-CUDA, TORCH-UNAVAILABLE.</exception>
    public static ComputeDevice Resolve(string choice)
    {
        if (choice is not ("auto" or "cpu" or "cuda"))
            throw new RefusalException("DEVICE-UNKNOWN", "an unknown device", "auto, cpu or cuda", "correct --device");
        TorchLibrary.Load();
        bool hasCuda = choice != "cpu" && cuda.is_available();
        if (choice == "cuda" && !hasCuda)
            throw new RefusalException("DEVICE-NO-CUDA", "no CUDA device, or a Torch that was built without CUDA",
                "an NVIDIA GPU with its driver, and a build with TorchBackend=cuda",
                "use --device cpu, or run on a GPU machine");
        if (hasCuda) backends.cudnn.allow_tf32 = false;     // 10-bit mantissas would train other members than the CPU's
        return new ComputeDevice(hasCuda ? CUDA : CPU);
    }

    /// <summary>
    /// One Torch thread for the calling thread until disposed. The setting belongs to the thread: sums then have one
    /// order, and trainings side by side do not compete for cores.
    /// </summary>
    internal static IDisposable BindThread() => new ThreadBinding();

    private sealed class ThreadBinding : IDisposable
    {
        private readonly int _before = get_num_threads();

        public ThreadBinding() => set_num_threads(1);

        public void Dispose() => set_num_threads(_before);
    }
}
