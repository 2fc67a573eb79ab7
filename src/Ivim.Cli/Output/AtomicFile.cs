namespace Ivim.Cli.Output;

/// <summary>A file that appears under its name only when it is complete and on the disk.</summary>
internal static class AtomicFile
{
    public static void Write(string path, Action<Stream> content)
    {
        var temporary = $"{path}.{Environment.ProcessId}.part";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                content(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public static void Write(string path, byte[] content) => Write(path, stream => stream.Write(content));
}
