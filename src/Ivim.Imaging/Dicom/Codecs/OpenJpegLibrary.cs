using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ivim.Imaging.Dicom.Codecs;

/// <summary>The functions of the system's libopenjp2 that decoding one codestream needs (openjpeg.h, 2.x).</summary>
internal static unsafe partial class OpenJpegLibrary
{
    private const string Name = "libopenjp2.so.7";

    public const int Codestream = 0;

    /// <summary>opj_dparameters_t has some 8 KiB; the library fills in what it knows.</summary>
    public const int ParameterBytes = 1 << 15;

    public static bool IsPresent { get; } = NativeLibrary.TryLoad(Name, out _);

    [LibraryImport(Name, EntryPoint = "opj_create_decompress")]
    public static partial nint CreateDecoder(int format);

    [LibraryImport(Name, EntryPoint = "opj_destroy_codec")]
    public static partial void DestroyDecoder(nint decoder);

    [LibraryImport(Name, EntryPoint = "opj_set_default_decoder_parameters")]
    public static partial void SetDefaults(byte* parameters);

    [LibraryImport(Name, EntryPoint = "opj_setup_decoder")]
    public static partial int SetUp(nint decoder, byte* parameters);

    [LibraryImport(Name, EntryPoint = "opj_stream_create")]
    public static partial nint CreateStream(nuint bufferBytes, int isInput);

    [LibraryImport(Name, EntryPoint = "opj_stream_destroy")]
    public static partial void DestroyStream(nint stream);

    [LibraryImport(Name, EntryPoint = "opj_stream_set_user_data")]
    public static partial void SetUserData(nint stream, Source* source, nint release);

    [LibraryImport(Name, EntryPoint = "opj_stream_set_user_data_length")]
    public static partial void SetLength(nint stream, ulong length);

    [LibraryImport(Name, EntryPoint = "opj_stream_set_read_function")]
    public static partial void SetRead(
        nint stream, delegate* unmanaged[Cdecl]<byte*, nuint, Source*, nuint> read);

    [LibraryImport(Name, EntryPoint = "opj_stream_set_skip_function")]
    public static partial void SetSkip(nint stream, delegate* unmanaged[Cdecl]<long, Source*, long> skip);

    [LibraryImport(Name, EntryPoint = "opj_stream_set_seek_function")]
    public static partial void SetSeek(nint stream, delegate* unmanaged[Cdecl]<long, Source*, int> seek);

    [LibraryImport(Name, EntryPoint = "opj_read_header")]
    public static partial int ReadHeader(nint stream, nint decoder, Image** image);

    [LibraryImport(Name, EntryPoint = "opj_decode")]
    public static partial int Decode(nint decoder, nint stream, Image* image);

    [LibraryImport(Name, EntryPoint = "opj_end_decompress")]
    public static partial int EndDecode(nint decoder, nint stream);

    [LibraryImport(Name, EntryPoint = "opj_image_destroy")]
    public static partial void DestroyImage(Image* image);

    /// <summary>Bytes that the library reads through the three functions below.</summary>
    public struct Source
    {
        public byte* Bytes;
        public long Length;
        public long Position;
    }

    /// <summary>opj_image_t up to what is used of it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Image
    {
        public uint Left, Top, Right, Bottom;
        public uint ComponentCount;
        public int ColourSpace;
        public Component* Components;
    }

    /// <summary>opj_image_comp_t.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Component
    {
        public uint StepX, StepY, Width, Height, Left, Top, Precision, BitsPerPixel, IsSigned, Resolutions, Factor;
        public int* Data;
        public ushort Alpha;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static nuint Read(byte* buffer, nuint count, Source* source)
    {
        long left = source->Length - source->Position;
        if (left <= 0) return nuint.MaxValue;
        nuint taken = count < (nuint)left ? count : (nuint)left;
        Buffer.MemoryCopy(source->Bytes + source->Position, buffer, (long)count, (long)taken);
        source->Position += (long)taken;
        return taken;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static long Skip(long count, Source* source)
    {
        if (count < 0 || count > source->Length - source->Position) return -1;
        source->Position += count;
        return count;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Seek(long position, Source* source)
    {
        if (position < 0 || position > source->Length) return 0;
        source->Position = position;
        return 1;
    }
}
