using Ivim.Actors.Wire;
using Ivim.Domain.Protocols;
using Ivim.Domain.Studies;
using Ivim.Domain.Work;
using Ivim.Actors.Artifacts;
using Ivim.Hosting.Planning;
using Microsoft.Data.Sqlite;

namespace Ivim.Hosting.Tests.Planning;

/// <summary>A work folder as runs leave it behind: journal, dossiers and store.</summary>
internal sealed class KeptRuns : IDisposable
{
    public const string NumericClass = "class-a";

    public const int Slabs = 2;

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, long> _numbers = [];
    private readonly SqliteConnection _journal;

    public KeptRuns()
    {
        _journal = new SqliteConnection($"Data Source={_folder["journal.db"]};Pooling=False");
        _journal.Open();
        // As Akka.Persistence.Sql makes it, in what is read.
        Execute("CREATE TABLE journal (ordering INTEGER PRIMARY KEY, persistence_id TEXT NOT NULL, "
            + "sequence_number INTEGER NOT NULL, message BLOB NOT NULL, manifest TEXT, identifier INTEGER); "
            + "CREATE UNIQUE INDEX journal_uq ON journal (persistence_id, sequence_number)");
        View = new WorkFolderView(_folder.Path);
    }

    public WorkFolderView View { get; }

    public string this[string name] => _folder[name];

    public static WantedStudy Wanted(Protocol protocol, string image) => new(
        new StudySource(image + "-hash", "b-hash", "", ""), ProtocolJson.Write(protocol), NumericClass,
        new StudyDossier($"/scans/{image}.nii", $"/scans/{image}.bval", null, null, "/maps", "sub-01_dwi"));

    /// <param name="does">Which items are done; null for all.</param>
    public MadeUpRun Run(WantedStudy wanted, Predicate<ItemName>? does = null)
    {
        View.Dossiers.Save(wanted.Study, wanted.Dossier);
        var run = new MadeUpRun(wanted, _folder["artifacts"], Slabs, does ?? (_ => true));
        using var transaction = _journal.BeginTransaction();
        foreach (var (id, fact) in run.Facts) Write(transaction, id, fact);
        transaction.Commit();
        return run;
    }

    public void Dispose()
    {
        _journal.Dispose();
        _folder.Dispose();
    }

    private void Write(SqliteTransaction transaction, string id, object fact)
    {
        var row = WireTable.For(fact.GetType());
        using var insert = _journal.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = "INSERT INTO journal (persistence_id, sequence_number, message, manifest, identifier) "
            + "VALUES ($id, $number, $message, $manifest, $serializer)";
        insert.Parameters.AddWithValue("$id", id);
        insert.Parameters.AddWithValue("$number", _numbers[id] = _numbers.GetValueOrDefault(id) + 1);
        insert.Parameters.AddWithValue("$message", row.Write(fact));
        insert.Parameters.AddWithValue("$manifest", row.Manifest);
        insert.Parameters.AddWithValue("$serializer", IvimSerializer.PermanentIdentifier);
        insert.ExecuteNonQuery();
    }

    private void Execute(string text)
    {
        using var command = _journal.CreateCommand();
#pragma warning disable CA2100 // Constants.
        command.CommandText = text;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
