using System.CommandLine;
using Ivim.Cli.CommandLine;
using Ivim.Domain.Protocols;

namespace Ivim.Cli.Mapping;

/// <summary>The arguments of `ivim map` and how they become <see cref="MapOptions"/>.</summary>
internal sealed class MapArguments
{
    /// <summary>More than any machine that this runs on: a slip of the finger ends here.</summary>
    private const int MostWorkers = 256;

    private readonly Argument<string> _input = new("INPUT")
    {
        Description = "A 4-D NIfTI file with its .bval beside it, or a BIDS dataset with one diffusion series.",
    };

    private readonly Option<string> _out = SharedOptions.Folder("--out", "Folder of the maps (BIDS derivatives).");
    private readonly Option<string?> _bval = SharedOptions.Text("--bval", "b-values, if elsewhere.", "FILE");
    private readonly Option<string?> _bvec = SharedOptions.Text("--bvec", "b-vectors, if elsewhere.", "FILE");
    private readonly Option<string?> _mask = SharedOptions.Text("--mask", "Voxels to map; found if absent.", "FILE");
    private readonly Option<string?> _protocol = SharedOptions.Text(
        "--protocol", "Protocol document (JSON); default: the built-in one.", "FILE");

    private readonly Option<string?> _method = SharedOptions.Text("--method",
        "cnn-bilstm-mham, nlls or segmented; default: the protocol's, cnn-bilstm-mham.", "NAME");

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
    private readonly Option<string?> _work = SharedOptions.Text(
        "--work", "Folder of journal and artifacts; default: .ivim inside --out.", "DIR");

    private readonly Option<int?> _workers = SharedOptions.Count(
        "--workers", "Workers at the same time, 1 to 256; default: one per processor.", 1, MostWorkers);

    private readonly Option<string?> _device = SharedOptions.Text(
        "--device", "Where to train: auto, cpu or cuda; default: auto.", "DEVICE");

    private readonly Option<string?> _subject = SharedOptions.Text("--subject", "Subject label for names.", "LABEL");
    private readonly Option<bool> _json = SharedOptions.Json();
    private readonly Option<bool> _quiet = SharedOptions.Quiet();

    public MapArguments()
    {
        _method.AcceptOnlyFromAmong([.. Methods.All]);
        _scope.AcceptOnlyFromAmong(MapOptions.StudyScope, MapOptions.SlabScope, MapOptions.StudyThenSlabScope);
        _device.AcceptOnlyFromAmong("auto", "cpu", "cuda");
    }

    public void AddTo(Command command)
    {
        command.Add(_input);
        foreach (var option in (Option[])
            [_out, _bval, _bvec, _mask, _protocol, _method, _bMax, _members, _slabSlices, _halo, _scope, _steps, _seed,
                _work, _workers, _device, _subject, _json, _quiet])
            command.Add(option);
    }

    public MapOptions Read(ParseResult parsed) => new()
    {
        Input = parsed.GetRequiredValue(_input),
        Out = parsed.GetRequiredValue(_out),
        Bval = parsed.GetValue(_bval),
        Bvec = parsed.GetValue(_bvec),
        Mask = parsed.GetValue(_mask),
        Protocol = parsed.GetValue(_protocol),
        Method = parsed.GetValue(_method),
        BMaxSecondsPerMm2 = parsed.GetValue(_bMax),
        Members = parsed.GetValue(_members),
        SlabSlices = parsed.GetValue(_slabSlices),
        HaloSlices = parsed.GetValue(_halo),
        Scope = parsed.GetValue(_scope),
        Steps = parsed.GetValue(_steps),
        Seed = parsed.GetValue(_seed),
        Work = parsed.GetValue(_work),
        Workers = parsed.GetValue(_workers),
        Device = parsed.GetValue(_device) ?? "auto",
        Subject = parsed.GetValue(_subject),
        Json = parsed.GetValue(_json),
        Quiet = parsed.GetValue(_quiet),
    };
}
