using System.CommandLine;
using System.CommandLine.Parsing;
using Ivim.Cli.CommandLine;
using Ivim.Cli.Mapping;
using Ivim.Cli.Remote;
using Ivim.Physics;

namespace Ivim.Cli.Planning;

/// <summary>The arguments of `ivim plan`: those of `ivim map` and `ivim submit`; none is for writing.</summary>
internal sealed class PlanArguments
{
    private const int MostWorkers = 256;

    private readonly StudyArguments _study = new(isOutRequired: false, isInputRequired: false);
    private readonly ServerArguments _server = new("Work folder to look into, default: .ivim inside --out; with "
        + "--cohort: that of the local cluster.");

    private readonly Option<string?> _cohort = SharedOptions.Text(
        "--cohort", "Instead of INPUT: a cohort of the server, all of whose studies are planned.", "NAME");

    private readonly Option<string?> _class = SharedOptions.Text("--numeric-class",
        "On a server: class of the workers; default: the only one that there is.", "CLASS");

    private readonly Option<int?> _workers = SharedOptions.Count("--workers",
        "Workers that the time is estimated for; default: one per processor, on a server those connected.",
        1, MostWorkers);

    private readonly Option<string?> _device = SharedOptions.Text(
        "--device", "Where it would be trained: auto, cpu or cuda; default: auto.", "DEVICE");

    private readonly Option<bool> _rehearse = new("--rehearse")
    {
        Description = "Run an unknown preparation in memory, so that what depends on it is known; not on a server.",
    };

    public PlanArguments() => _device.AcceptOnlyFromAmong("auto", "cpu", "cuda");

    public void AddTo(Command command)
    {
        _study.AddTo(command, [_cohort, .. _server.All, _class, _workers, _device, _rehearse]);
        command.Validators.Add(RefuseWhatDoesNotFit);
    }

    /// <exception cref="RefusalException">WORK-UNNAMED.</exception>
    public PlanOptions Read(ParseResult parsed)
    {
        var (server, cohort, hasOut) = (_server.Read(parsed), parsed.GetValue(_cohort), _study.NamesOut(parsed));
        if (cohort is null && server is { Server: null, Work: null } && !hasOut)
            throw new RefusalException("WORK-UNNAMED", "neither --work nor --out", "a work folder to look into",
                "name one with --work, or the output folder with --out, or a server with --server");
        var map = _study.Read(parsed, server.Work ?? "") with
        {
            Work = server.Work, Workers = parsed.GetValue(_workers), Device = parsed.GetValue(_device) ?? "auto",
        };
        return new PlanOptions(
            map, hasOut, parsed.GetValue(_rehearse), cohort, server, parsed.GetValue(_class));
    }

    private void RefuseWhatDoesNotFit(CommandResult parsed)
    {
        var (input, cohort) = (_study.InputOf(parsed), parsed.GetValue(_cohort));
        bool isRemote = cohort is not null || _server.NamesServer(parsed);
        bool isKnown = cohort is not null || isRemote && input is not null && RemotePlan.IsStudy(input);
        var found = (input, cohort) switch
        {
            (null, null) => "neither INPUT nor --cohort",
            ({ }, { }) => "both INPUT and --cohort",
            _ when isRemote && parsed.GetValue(_rehearse) => "--rehearse for a plan on a server",
            _ when isRemote && parsed.GetValue(_device) is not null => "--device for a plan on a server",
            _ when isKnown && !_study.NamesProtocol(parsed) => "a submitted study or cohort without --protocol",
            _ when isRemote && !isKnown && !_study.NamesOut(parsed) => "a file for a plan on a server without --out",
            _ when !isRemote && parsed.GetValue(_class) is not null => "--numeric-class without --server",
            _ => null,
        };
        if (found is not null) parsed.AddError(found);
    }
}

/// <param name="HasOut">Whether the output folder was named; otherwise it is the last run's.</param>
/// <param name="Rehearse">Whether an unknown preparation is run in memory.</param>
/// <param name="Cohort">Instead of the input; null for a study.</param>
internal sealed record PlanOptions(
    MapOptions Map, bool HasOut, bool Rehearse, string? Cohort, ServerChoice Server, string? NumericClass)
{
    public bool IsRemote => Server.Server is not null;
}
