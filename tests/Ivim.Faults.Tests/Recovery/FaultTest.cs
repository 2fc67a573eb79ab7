using System.Runtime.CompilerServices;
using Ivim.Faults.Tests.Injection;
using Ivim.Faults.Tests.Machine;
using Ivim.Faults.Tests.Scans;
using Xunit.Abstractions;

namespace Ivim.Faults.Tests.Recovery;

/// <summary>Sets a scene, plays it, and says how to have it again if it fails.</summary>
public abstract class FaultTest(QuietRun quiet, ITestOutputHelper console)
{
    internal QuietRun Quiet => quiet;

    /// <param name="fault">Its row in RELIABILITY section 3.</param>
    internal async Task PlayAsync(string fault, Func<Scene, Task> play, [CallerMemberName] string test = "")
    {
        var nemesis = new Nemesis(test);
        using var folder = new TemporaryFolder();
        var scene = new Scene(fault, quiet, folder, nemesis);
        try
        {
            await play(scene);
            Assert.True(scene.FiredFaults.Count > 0, "no fault was seen to happen");
            foreach (string fired in scene.FiredFaults) console.WriteLine(fired);
        }
        catch (Exception e) when (e is not SkipException)
        {
            folder.Keep();
            throw new FaultTestException(
                $"{e.Message}\n{fault} with {Nemesis.SeedVariable}={nemesis.Seed}; "
                + $"fired: {string.Join("; ", scene.FiredFaults)}\n"
                + $"logs {Path.Combine(scene.Work, "logs")}\nhistory {Path.Combine(scene.Work, "history")}", e);
        }
        finally
        {
            await scene.EndAsync();
        }
    }
}

/// <summary>A fault test failed; the message says how to replay it and where to look.</summary>
public sealed class FaultTestException(string message, Exception cause) : Exception(message, cause);
