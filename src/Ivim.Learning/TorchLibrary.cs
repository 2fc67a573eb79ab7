using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Ivim.Physics;
using TorchSharp;

namespace Ivim.Learning;

/// <summary>Loads Torch's native libraries, and says what is missing where they do not load.</summary>
internal static partial class TorchLibrary
{
    /// <exception cref="RefusalException">TORCH-UNAVAILABLE.</exception>
    public static void Load()
    {
        try
        {
            using var probe = torch.zeros(1);
        }
        catch (Exception cause) when (cause is TypeInitializationException or DllNotFoundException
            or NotSupportedException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw Refusal(WhatIsMissing(AppContext.BaseDirectory), cause);
        }
    }

    /// <summary>What keeps the libraries in this folder from loading, without a path.</summary>
    internal static string WhatIsMissing(string folder)
    {
        foreach (string library in new[] { "libc10.so", "libtorch_cpu.so", "libLibTorchSharp.so" })
        {
            string file = Path.Combine(folder, library);
            if (!File.Exists(file)) return $"no {library} beside the program";
            try
            {
                NativeLibrary.Free(NativeLibrary.Load(file));
            }
            catch (Exception refused) when (refused is DllNotFoundException or BadImageFormatException)
            {
                return $"{library}, which does not load: {Explain(refused.Message)}";
            }
        }
        return "Torch libraries that load but do not start";
    }

    /// <summary>The loader's message as a cause that a person can act on.</summary>
    internal static string Explain(string loaderMessage)
    {
        var version = Version().Match(loaderMessage);
        if (version.Success) return $"the system's library lacks version {version.Value}";
        var library = MissingLibrary().Match(loaderMessage);
        return library.Success ? $"the system lacks {library.Groups[1].Value}" : "the loader gave no known reason";
    }

    private static RefusalException Refusal(string found, Exception cause) => new("TORCH-UNAVAILABLE", found,
        "x86-64 Linux with glibc 2.31 and GLIBCXX_3.4.30 or newer, and libtorch beside the program",
        "install libstdc++6 and libgomp1, or build on this system so that the wrapper is fitted to it", cause);

    [GeneratedRegex(@"(GLIBCXX|GLIBC|CXXABI|GCC)_[0-9.]*[0-9]")]
    private static partial Regex Version();

    [GeneratedRegex(@"(lib[A-Za-z0-9_+.-]+\.so[0-9.]*): cannot open shared object file")]
    private static partial Regex MissingLibrary();
}
