namespace Ivim.Hosting.Submissions;

/// <summary>Whether it makes sense to ask (once more) when nobody has answered yet.</summary>
internal interface IPatience
{
    /// <summary>Returns if the question is to be put; throws what the caller is to hear if it is not.</summary>
    /// <param name="waited">Zero before the first try.</param>
    Task BeforeTryAsync(TimeSpan waited, CancellationToken cancellation);
}
