using System.Runtime.InteropServices;

namespace Ivim.Imaging.Dicom.Codecs;

/// <summary>The functions of the system's libcharls that decoding one frame needs (charls_jpegls_decoder.h, 2.x).
/// </summary>
internal static unsafe partial class CharLsLibrary
{
    private const string Name = "libcharls.so.2";

    public static bool IsPresent { get; } = NativeLibrary.TryLoad(Name, out _);

    [LibraryImport(Name, EntryPoint = "charls_jpegls_decoder_create")]
    public static partial nint CreateDecoder();

    [LibraryImport(Name, EntryPoint = "charls_jpegls_decoder_destroy")]
    public static partial void DestroyDecoder(nint decoder);

    [LibraryImport(Name, EntryPoint = "charls_jpegls_decoder_set_source_buffer")]
    public static partial int SetSource(nint decoder, byte* source, nuint length);

    [LibraryImport(Name, EntryPoint = "charls_jpegls_decoder_read_header")]
    public static partial int ReadHeader(nint decoder);

    [LibraryImport(Name, EntryPoint = "charls_jpegls_decoder_get_frame_info")]
    public static partial int FrameInfo(nint decoder, Frame* frame);

    [LibraryImport(Name, EntryPoint = "charls_jpegls_decoder_get_near_lossless")]
    public static partial int NearLossless(nint decoder, int component, int* greatestError);

    [LibraryImport(Name, EntryPoint = "charls_jpegls_decoder_get_destination_size")]
    public static partial int DestinationSize(nint decoder, uint stride, nuint* bytes);

    [LibraryImport(Name, EntryPoint = "charls_jpegls_decoder_decode_to_buffer")]
    public static partial int Decode(nint decoder, byte* destination, nuint length, uint stride);

    /// <summary>charls_frame_info.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Frame
    {
        public uint Width, Height;
        public int Precision, Components;
    }
}
