using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Ivim.Hosting;

/// <summary>
/// Warnings and errors of the actor system, appended to one file of the work folder; the terminal stays the user's.
/// </summary>
/// <remarks>A log that cannot be written must not stop the work, so write errors are dropped.</remarks>
internal sealed class LogFile(string path, TimeProvider clock) : ILoggerProvider
{
    private readonly Lock _gate = new();

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose() { }

    private void Append(string line)
    {
        lock (_gate)
        {
            try
            {
                File.AppendAllText(path, line);
            }
            catch (IOException)
            {
            }
            catch (UnauthorizedAccessException)
            {
            }
        }
    }

    private sealed class Category(LogFile file, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            var time = file.Clock.GetUtcNow().ToString("u", CultureInfo.InvariantCulture);
            file.Append(LogText.WithoutPaths($"{time} {logLevel} {name}: {formatter(state, exception)} {exception}\n"));
        }
    }

    private TimeProvider Clock => clock;
}
