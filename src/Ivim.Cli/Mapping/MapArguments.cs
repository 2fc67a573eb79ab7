using System.CommandLine;
using Ivim.Cli.CommandLine;

namespace Ivim.Cli.Mapping;

/// <summary>The arguments of `ivim map` and how they become <see cref="MapOptions"/>.</summary>
internal sealed class MapArguments
{
    /// <summary>More than any machine that this runs on: a slip of the finger ends here.</summary>
    private const int MostWorkers = 256;

    private readonly StudyArguments _study = new();
    private readonly Option<string?> _work = SharedOptions.Text(
        "--work", "Folder of journal and artifacts; default: .ivim inside --out.", "DIR");

    private readonly Option<int?> _workers = SharedOptions.Count(
        "--workers", "Workers at the same time, 1 to 256; default: one per processor.", 1, MostWorkers);

    private readonly Option<string?> _device = SharedOptions.Text(
        "--device", "Where to train: auto, cpu or cuda; default: auto.", "DEVICE");

    public MapArguments() => _device.AcceptOnlyFromAmong("auto", "cpu", "cuda");

    public void AddTo(Command command) => _study.AddTo(command, _work, _workers, _device);

    /// <summary>How a study is mapped on this machine, without what and to where.</summary>
    public void AddChoices(Command command) => _study.AddChoices(command, _work, _workers, _device);

    /// <param name="out">Stands in for an output folder that is no option of the command.</param>
    public MapOptions Read(ParseResult parsed, string? @out = null) => _study.Read(parsed, @out) with
    {
        Work = parsed.GetValue(_work),
        Workers = parsed.GetValue(_workers),
        Device = parsed.GetValue(_device) ?? "auto",
    };
}
