namespace Ivim.Faults.Tests.Injection;

/// <summary>Hosts, numbered from 1, whose connections to each other a test takes away.</summary>
internal interface INetwork
{
    /// <summary>What every node on it has to be told.</summary>
    IReadOnlyList<string> Settings { get; }

    string AddressOf(int host);

    /// <summary>What comes before a command that runs on that host.</summary>
    IReadOnlyList<string> On(int host);

    /// <summary>Silence in both directions: what is sent is dropped, nobody is told.</summary>
    /// <returns>When it is so.</returns>
    Task CutAsync(params int[] hosts);

    Task HealAsync(params int[] hosts);

    /// <summary>The host hears no more of another, which still hears it.</summary>
    Task DeafenAsync(int host, int to);

    /// <summary>Whether the host is seen to be deaf.</summary>
    Task<bool> IsDeafAsync(int host);

    Task HearAgainAsync(int host);
}
