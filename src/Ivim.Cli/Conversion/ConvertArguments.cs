using System.CommandLine;
using Ivim.Cli.CommandLine;
using Ivim.Hosting.Intake;

namespace Ivim.Cli.Conversion;

/// <summary>The arguments of `ivim convert`.</summary>
internal sealed class ConvertArguments
{
    private readonly Argument<string> _input = new("INPUT")
    {
        Description = "A folder of DICOM objects, a DICOMDIR, one DICOM object, or a NIfTI file.",
    };

    private readonly Option<string> _out = new("--out")
    {
        Description = "The NIfTI file to write, .nii or .nii.gz; the tables go beside it.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string?> _series = SharedOptions.Series();
    private readonly Option<string?> _bval = SharedOptions.Text(
        "--bval", "b-values of the volumes, where the input tells none or wrong ones.", "FILE");

    private readonly Option<string?> _bvec = SharedOptions.Text("--bvec", "b-vectors that go with --bval.", "FILE");
    private readonly Option<bool> _force = new("--force") { Description = "Replace files that are there." };
    private readonly Option<bool> _json = SharedOptions.Json();

    public void AddTo(Command command)
    {
        command.Add(_input);
        foreach (var option in (Option[])[_out, _series, _bval, _bvec, _force, _json]) command.Add(option);
    }

    public SeriesInput Input(ParseResult parsed) => new(parsed.GetRequiredValue(_input), parsed.GetValue(_series),
        parsed.GetValue(_bval), parsed.GetValue(_bvec));

    public SeriesFiles Files(ParseResult parsed) => SeriesFiles.Named(parsed.GetRequiredValue(_out));

    public bool Force(ParseResult parsed) => parsed.GetValue(_force);

    public bool Json(ParseResult parsed) => parsed.GetValue(_json);
}
