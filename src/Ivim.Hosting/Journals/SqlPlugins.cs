using System.Globalization;

namespace Ivim.Hosting.Journals;

/// <summary>The three plugins of Akka.Persistence.Sql over one connection.</summary>
internal static class SqlPlugins
{
    /// <param name="callTime">
    /// How long the database may take for one call before the plugin's circuit breaker gives the call up: above the
    /// connection's own command time, so that the database's answer wins where there is one.
    /// </param>
    public static string Hocon(string connection, string provider, TimeSpan callTime) => $$"""
        akka.persistence {
          max-concurrent-recoveries = 16
          journal-plugin-fallback.recovery-event-timeout = 15s
          journal.plugin = "akka.persistence.journal.sql"
          journal.sql {
            class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
            plugin-dispatcher = "akka.persistence.dispatchers.default-plugin-dispatcher"
            connection-string = "{{Quoted(connection)}}"
            provider-name = "{{provider}}"
            auto-initialize = on
            {{Breaker(callTime)}}
          }
          query.journal.sql {
            class = "Akka.Persistence.Sql.Query.SqlReadJournalProvider, Akka.Persistence.Sql"
            connection-string = "{{Quoted(connection)}}"
            provider-name = "{{provider}}"
          }
          snapshot-store.plugin = "akka.persistence.snapshot-store.sql"
          snapshot-store.sql {
            class = "Akka.Persistence.Sql.Snapshot.SqlSnapshotStore, Akka.Persistence.Sql"
            plugin-dispatcher = "akka.persistence.dispatchers.default-plugin-dispatcher"
            connection-string = "{{Quoted(connection)}}"
            provider-name = "{{provider}}"
            auto-initialize = on
            {{Breaker(callTime)}}
          }
        }
        """;

    private static string Breaker(TimeSpan callTime) => string.Create(CultureInfo.InvariantCulture,
        $"circuit-breaker {{ max-failures = 5, call-timeout = {callTime.TotalSeconds:0.###}s, reset-timeout = 3s }}");

    private static string Quoted(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
