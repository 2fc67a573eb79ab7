using System.CommandLine;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Mapping;
using Ivim.Physics;

namespace Ivim.Cli.Planning;

/// <summary>The arguments of `ivim plan`: those of `ivim map`, of which none is for writing.</summary>
internal sealed class PlanArguments
{
    private const int MostWorkers = 256;

    private readonly StudyArguments _study = new(isOutRequired: false);
    private readonly Option<string?> _work = SharedOptions.Text(
        "--work", "Work folder to look into; default: .ivim inside --out.", "DIR");

    private readonly Option<int?> _workers = SharedOptions.Count(
        "--workers", "Workers that the time is estimated for; default: one per processor.", 1, MostWorkers);

    private readonly Option<string?> _device = SharedOptions.Text(
        "--device", "Where it would be trained: auto, cpu or cuda; default: auto.", "DEVICE");

    private readonly Option<bool> _rehearse = new("--rehearse")
    {
        Description = "Run an unknown preparation in memory, so that what depends on it is known.",
    };

    public PlanArguments() => _device.AcceptOnlyFromAmong("auto", "cpu", "cuda");

    public void AddTo(Command command) => _study.AddTo(command, _work, _workers, _device, _rehearse);

    /// <exception cref="RefusalException">WORK-UNNAMED.</exception>
    public PlanOptions Read(ParseResult parsed)
    {
        var work = parsed.GetValue(_work);
        bool hasOut = _study.NamesOut(parsed);
        if (work is null && !hasOut)
            throw new RefusalException("WORK-UNNAMED", "neither --work nor --out", "a work folder to look into",
                "name one with --work, or the output folder with --out");
        var map = _study.Read(parsed, work) with
        {
            Work = work, Workers = parsed.GetValue(_workers), Device = parsed.GetValue(_device) ?? "auto",
        };
        return new PlanOptions(map, hasOut, parsed.GetValue(_rehearse));
    }
}

/// <param name="HasOut">Whether the output folder was named; otherwise it is the last run's.</param>
/// <param name="Rehearse">Whether an unknown preparation is run in memory.</param>
internal sealed record PlanOptions(MapOptions Map, bool HasOut, bool Rehearse);
