using System.CommandLine;
using System.CommandLine.Parsing;
using Ivim.Cli.CommandLine;
using Ivim.Domain.Protocols;

namespace Ivim.Cli.Mapping;

/// <summary>The arguments that say what is mapped, how, and to where; whoever computes it.</summary>
internal sealed class StudyArguments
{
    private readonly Argument<string> _input = new("INPUT")
    {
        Description = "A 4-D NIfTI file with its .bval beside it, a BIDS dataset with one diffusion series, or DICOM "
            + "objects.",
    };

    private readonly Option<string> _out = SharedOptions.Folder("--out", "Folder of the maps (BIDS derivatives).");
    private readonly Option<string?> _series = SharedOptions.Series();
    private readonly Option<string?> _bval = SharedOptions.Text("--bval", "b-values, if elsewhere.", "FILE");
    private readonly Option<string?> _bvec = SharedOptions.Text("--bvec", "b-vectors, if elsewhere.", "FILE");
    private readonly Option<string?> _mask = SharedOptions.Text("--mask", "Voxels to map; found if absent.", "FILE");
    private readonly Option<string?> _protocol = SharedOptions.Text(
        "--protocol", "Protocol document (JSON), or the name of a built-in one: default, brain.", "FILE");

    private readonly Option<string?> _method = SharedOptions.Text("--method",
        "cnn-bilstm-mham, nlls, segmented, ivimnet-orig, ivimnet-optim, bayes, bayes-mrf or mrf-map; default: the "
        + "protocol's, cnn-bilstm-mham.", "NAME");

    private readonly Option<string?> _denoise = SharedOptions.Text("--denoise",
        "none, mppca or local-pca: what is done to the raw signals' noise; default: the protocol's, mppca.", "NAME");

    private readonly Option<string?> _polish = SharedOptions.Text("--polish",
        "guided or none: whether polished maps are made beside the others; default: the protocol's, guided.", "NAME");

    private readonly Option<double?> _bMax = SharedOptions.Number("--b-max", "Leave out higher b-values, s/mm2.", 0);
    private readonly Option<int?> _members = SharedOptions.Count(
        "--members", "Networks in the ensemble; default: the protocol's, 8.", 1);

    private readonly Option<int?> _slabSlices = SharedOptions.Count(
        "--slab-slices", "Slices that a slab owns; default: the protocol's, 4.", 1);

    private readonly Option<int?> _halo = SharedOptions.Count(
        "--halo", "Neighbour slices that a slab reads; default: the protocol's, 1.", 0);

    private readonly Option<string?> _scope = SharedOptions.Text("--scope",
        "What a network is trained on: study, slab or study+slab; default: the protocol's, study.", "SCOPE");

    private readonly Option<int?> _steps = SharedOptions.Count(
        "--steps", "Training steps of a network; default: the protocol's, 1000.", 1);

    private readonly Option<ulong?> _seed = SharedOptions.Seed();
    private readonly Option<string?> _subject = SharedOptions.Text("--subject", "Subject label for names.", "LABEL");
    private readonly Option<bool> _json = SharedOptions.Json();
    private readonly Option<bool> _quiet = SharedOptions.Quiet();

    /// <param name="isOutRequired">False where nothing is written to the output folder.</param>
    /// <param name="isInputRequired">False where something else may say what is meant.</param>
    public StudyArguments(bool isOutRequired = true, bool isInputRequired = true)
    {
        _out.Required = isOutRequired;
        if (!isInputRequired) _input.Arity = ArgumentArity.ZeroOrOne;
        _method.AcceptOnlyFromAmong([.. Methods.All]);
        _denoise.AcceptOnlyFromAmong([.. DenoisingMethods.All]);
        _polish.AcceptOnlyFromAmong(PolishRules.None, PolishRules.Guided);
        _scope.AcceptOnlyFromAmong(MapOptions.StudyScope, MapOptions.SlabScope, MapOptions.StudyThenSlabScope);
    }

    /// <param name="others">The command's own options; in the help they stand before those of every command.</param>
    public void AddTo(Command command, params Option[] others)
    {
        command.Add(_input);
        foreach (var option in (Option[])[_out, _series, _bval, _bvec, _mask]) command.Add(option);
        AddChoices(command, [.. others, _subject]);
    }

    /// <summary>How it is mapped, without what and to where.</summary>
    public void AddChoices(Command command, params Option[] others)
    {
        foreach (var option in (Option[])
            [_protocol, _method, _denoise, _polish, _bMax, _members, _slabSlices, _halo, _scope, _steps, _seed,
                .. others, _json, _quiet])
            command.Add(option);
    }

    public bool NamesOut(ParseResult parsed) => parsed.GetValue(_out) is not null;

    /// <summary>Null where it is not said.</summary>
    public string? InputOf(SymbolResult parsed) => parsed.GetValue(_input);

    public bool NamesOut(SymbolResult parsed) => parsed.GetValue(_out) is not null;

    public bool NamesProtocol(SymbolResult parsed) => parsed.GetValue(_protocol) is not null;

    /// <param name="out">Stands in for an output folder that is not said.</param>
    public MapOptions Read(ParseResult parsed, string? @out = null) => new()
    {
        Input = parsed.GetValue(_input) ?? "",
        Out = parsed.GetValue(_out) ?? @out ?? parsed.GetRequiredValue(_out),
        Series = parsed.GetValue(_series),
        Bval = parsed.GetValue(_bval),
        Bvec = parsed.GetValue(_bvec),
        Mask = parsed.GetValue(_mask),
        Protocol = parsed.GetValue(_protocol),
        Method = parsed.GetValue(_method),
        Denoise = parsed.GetValue(_denoise),
        Polish = parsed.GetValue(_polish),
        BMaxSecondsPerMm2 = parsed.GetValue(_bMax),
        Members = parsed.GetValue(_members),
        SlabSlices = parsed.GetValue(_slabSlices),
        HaloSlices = parsed.GetValue(_halo),
        Scope = parsed.GetValue(_scope),
        Steps = parsed.GetValue(_steps),
        Seed = parsed.GetValue(_seed),
        Subject = parsed.GetValue(_subject),
        Json = parsed.GetValue(_json),
        Quiet = parsed.GetValue(_quiet),
    };
}
