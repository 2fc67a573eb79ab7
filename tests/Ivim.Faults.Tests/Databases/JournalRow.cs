namespace Ivim.Faults.Tests.Databases;

/// <summary>One row of a table that the cluster wrote: an event, or a snapshot.</summary>
/// <param name="Serializer">
/// Akka's number of the serializer: 1 is the default JSON one, which nothing of ours uses.
/// </param>
internal sealed record JournalRow(
    string Table, string PersistenceId, long SequenceNumber, int Serializer, string Manifest, byte[] Payload);
