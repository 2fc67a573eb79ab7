namespace Ivim.Hosting.Api;

/// <summary>Work on files for callers, some at a time: they must not take the disk from the workers.</summary>
internal sealed class DiskTurns : IDisposable
{
    /// <summary>Hashing reads whole images.</summary>
    private readonly SemaphoreSlim _readers = new(2);

    /// <summary>Equal submissions write equal files: one after the other, none disturbs another.</summary>
    private readonly SemaphoreSlim _writer = new(1);

    public Task<T> ReadAsync<T>(Func<T> work, CancellationToken cancellation) =>
        InTurnAsync(_readers, work, cancellation);

    public Task WriteAsync(Action work, CancellationToken cancellation) => InTurnAsync(_writer, () =>
    {
        work();
        return true;
    }, cancellation);

    public void Dispose()
    {
        _readers.Dispose();
        _writer.Dispose();
    }

    private static async Task<T> InTurnAsync<T>(SemaphoreSlim turn, Func<T> work, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            return await Task.Run(work, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }
}
