namespace Ivim.Domain.Work;

/// <summary>An item in a worker's hands until the deadline, unless renewed.</summary>
/// <param name="Epoch">Grows with every lease; tells a late word about an old lease from one about the present.</param>
/// <param name="Deadline">On the queue's monotonic clock.</param>
/// <param name="Fraction">How much of the item is done, 0 to 1, as last reported.</param>
public sealed record Lease(WorkItem Item, string Worker, long Epoch, TimeSpan Deadline, double Fraction);
