using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Ivim.Hosting.Nodes;

/// <summary>One stream of lines for the life of the process: a file that is appended to, or standard output.</summary>
/// <remarks>A log that cannot be written must not stop the work, so write errors are dropped.</remarks>
public sealed class NodeLog(string? path, TimeProvider clock) : ILoggerProvider
{
    private readonly Lock _gate = new();

    /// <summary>Something about the node itself.</summary>
    public void Say(string line) => Write(LogLevel.Information, line);

    public void Warn(string line) => Write(LogLevel.Warning, line);

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    /// <summary>Hosts come and go and dispose of their providers; the log stays.</summary>
    public void Dispose() { }

    private void Write(LogLevel level, string text)
    {
        var time = clock.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        string line = LogText.WithoutPaths($"{time} {level} {text}") + "\n";
        lock (_gate)
        {
            try
            {
                if (path is null) Console.Out.Write(line);
                else File.AppendAllText(path, line);
            }
            catch (IOException)
            {
            }
            catch (UnauthorizedAccessException)
            {
            }
        }
    }

    private sealed class Category(NodeLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) =>
            logLevel >= (name.StartsWith("Ivim", StringComparison.Ordinal) ? LogLevel.Information : LogLevel.Warning);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            log.Write(logLevel, $"{name}: {formatter(state, exception)} {exception}".TrimEnd());
        }
    }
}
