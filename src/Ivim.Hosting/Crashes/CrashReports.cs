using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Ivim.Actors.Work;

namespace Ivim.Hosting.Crashes;

/// <summary>
/// What .NET wrote about processes that crashed: the evidence for blaming an item for the death of its worker.
/// </summary>
/// <remarks>
/// A killed process, a lost machine or a cut network leaves no report. A report may hold paths of modules, so it stays
/// in its folder; <see cref="KindOf"/> is all that may be logged of it.
/// </remarks>
public sealed class CrashReports(string folder, TimeProvider clock) : IWorkerObituaries
{
    public const int MostKept = 200;

    private const string Report = ".crashreport.json", Note = ".node";

    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>The folder of reports in a work folder.</summary>
    public static CrashReports In(string workFolder, TimeProvider clock) => new(FolderIn(workFolder), clock);

    /// <summary>
    /// What a process must be started with so that its crash leaves a report; .NET reads it before our code runs.
    /// </summary>
    public static ImmutableDictionary<string, string> Environment(string workFolder) =>
        ImmutableDictionary<string, string>.Empty
            .Add("DOTNET_DbgEnableMiniDump", "1")
            .Add("DOTNET_EnableCrashReportOnly", "1")
            .Add("DOTNET_DbgMiniDumpName", Path.Combine(
                Path.GetFullPath(FolderIn(workFolder)).Replace("%", "%%", StringComparison.Ordinal), "%h-%p"));

    /// <summary>
    /// To be called as a worker process starts: says whose a report of this process will be, and gives one that an
    /// earlier process of the same host and number left behind to that process.
    /// </summary>
    /// <param name="node">Name of this node: unique to this start of this process.</param>
    public void NoteStart(string node) => NoteStart(node, Dns.GetHostName(), System.Environment.ProcessId);

    internal void NoteStart(string node, string host, int process)
    {
        Directory.CreateDirectory(folder);
        var name = host + "-" + process.ToString(CultureInfo.InvariantCulture);
        var report = Path.Combine(folder, name + Report);
        if (File.Exists(report) && NodeOf(name) is var earlier && earlier != node)
            File.Move(report, Path.Combine(folder, (earlier ?? name + "-unknown") + Report), overwrite: true);
        File.WriteAllText(Path.Combine(folder, name + Note), node);
        Prune();
    }

    /// <summary>How the process of a worker ended, as far as it can be known.</summary>
    /// <param name="worker">As it came over the network: compared with names of files, never made into one.</param>
    public WorkerEnd CauseOf(string worker) => ReportOf(worker) is null ? WorkerEnd.Silent : WorkerEnd.Crashed;

    /// <summary>The exception a worker's process died of, for example `System.AccessViolationException`.</summary>
    public string? KindOf(string worker) => ReportOf(worker) is { } report ? CrashKind.Of(report) : null;

    private static string FolderIn(string workFolder) => Path.Combine(workFolder, "crashes");

    private string? ReportOf(string worker)
    {
        int end = worker.LastIndexOf('-');
        if (end <= 0) return null;
        var node = worker[..end];
        return Files(Report).FirstOrDefault(report =>
        {
            var name = Path.GetFileName(report)[..^Report.Length];
            return name == node || NodeOf(name) == node;
        });
    }

    /// <summary>Which node the process of this host and number is or was.</summary>
    private string? NodeOf(string name)
    {
        try
        {
            var node = File.ReadAllText(Path.Combine(folder, name + Note));
            return node.Length > 0
                && node.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
                ? node : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private void Prune()
    {
        var oldest = clock.GetUtcNow() - KeptFor;
        var reports = Files(Report).Select(path => new FileInfo(path))
            .OrderByDescending(file => file.LastWriteTimeUtc).ToArray();
        var notes = Files(Note).Select(path => new FileInfo(path)).Where(note => note.LastWriteTimeUtc < oldest
            && !File.Exists(Path.ChangeExtension(note.FullName, null) + Report));
        foreach (var file in reports.Skip(MostKept).Union(reports.Where(report => report.LastWriteTimeUtc < oldest))
            .Concat(notes).ToArray())
            TryDelete(file);
    }

    private IEnumerable<string> Files(string ending) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*" + ending) : [];

    /// <summary>Another process that starts at the same moment may have been faster.</summary>
    private static void TryDelete(FileInfo file)
    {
        try
        {
            file.Delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }
}
