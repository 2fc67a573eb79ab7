using System.Globalization;
using Ivim.Chart.Tests.Machine;

namespace Ivim.Chart.Tests.Pods;

/// <summary>A PostgreSQL server in a place of its own, with a password. It is started and not waited for.</summary>
internal sealed class Database : IDisposable
{
    private const int Port = 5432;

    private static readonly string? Programs = Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            .Where(folder => File.Exists(Path.Combine(folder, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    private readonly string _folder;
    private readonly ContainerProcess _server;

    private Database(string folder, ContainerProcess server) => (_folder, _server) = (folder, server);

    public static void Need() => Skip.If(Programs is null, "no PostgreSQL here: apt-get install postgresql-15");

    public static Database Start(PodPlace place, string user, string password)
    {
        string folder = Directory.CreateTempSubdirectory("ivim-chart-database-").FullName;
        string data = Path.Combine(folder, "data"), secret = Path.Combine(folder, "password");
        File.WriteAllText(secret, password);
        Command.Run("chown", "-R", "postgres:", folder);
        Command.Run("runuser", "-u", "postgres", "--", Path.Combine(Programs!, "initdb"), "-D", data, "-U", user,
            "-A", "scram-sha-256", "--pwfile", secret, "-E", "UTF8", "--no-locale", "--no-sync");
        File.AppendAllText(Path.Combine(data, "pg_hba.conf"), "host all all 0.0.0.0/0 scram-sha-256\n");
        return new Database(folder, ContainerProcess.Start(
        [
            .. place.Enter, "setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups",
            Path.Combine(Programs!, "postgres"), "-D", data, "-k", folder,
            "-h", "0.0.0.0", "-p", Port.ToString(CultureInfo.InvariantCulture), "-c", "fsync=off",
        ]));
    }

    public void Dispose()
    {
        _server.Dispose();
        Command.Run("rm", "-rf", _folder);
    }
}
