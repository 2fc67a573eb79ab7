using System.Collections.Immutable;
using System.Globalization;
using Ivim.Physics;
using Microsoft.Extensions.Configuration;

namespace Ivim.Hosting.Nodes;

/// <summary>Turns texts into <see cref="NodeOptions"/>, or says in one line why not.</summary>
public sealed class NodeOptionsReader
{
    private const long BytesPerMebibyte = 1 << 20;
    private const int LongestSecret = 4096;

    private readonly IConfiguration _values;
    private readonly NodeRoles _role;
    private readonly bool _isQuick;

    private NodeOptionsReader(NodeRoles role, IConfiguration values)
    {
        (_role, _values) = (role, values);
        _isQuick = Choice("timings", "steady", "quick") == "quick";
    }

    /// <param name="environment">The value of a variable, or null.</param>
    /// <exception cref="RefusalException">
    /// USAGE, NODE-SETTING, NODE-CONTRADICTION, TLS-REQUIRED, API-EXPOSED, API-UNGUARDED.
    /// </exception>
    public static NodeOptions Read(NodeRoles role, IReadOnlyList<string> arguments,
        Func<string, string?> environment)
    {
        var options = new NodeOptionsReader(role, NodeConfiguration.Read(role, arguments, environment)).Options();
        NodeOptionsCheck.Check(options);
        return options;
    }

    private NodeOptions Options() => new()
    {
        Role = _role,
        Host = Host("host"),
        Port = (int)Number("port")!,
        Bind = Text("bind") is null ? Host("host") : Host("bind"),
        Seeds = Seeds(),
        Work = Path.GetFullPath(
            Text("work") ?? throw NodeRefusals.Setting("no work folder", "the folder that all nodes share")),
        Log = Text("log") is "-" ? null : FullPath("log"),
        History = FullPath("history"),
        Tls = FullPath("tls"),
        TlsSubject = Text("tls-subject")!,
        Insecure = Flag("insecure"),
        Lease = Seconds("lease"),
        Heartbeat = Seconds("heartbeat"),
        HeartbeatPause = Seconds("heartbeat-pause"),
        StableAfter = Seconds("stable-after"),
        CutOff = Seconds("cut-off"),
        Grace = Seconds("grace"),
        Journal = Secret("journal", "journal-file"),
        Api = Api(),
        ApiHosts = [.. List("api-hosts")],
        Token = Secret("token", "token-file", isOneLine: false),
        NumericClass = Text("numeric-class"),
        Slots = (int?)Number("slots"),
        Device = Choice("device", "auto", "cpu", "cuda"),
        SlotMemoryBytes = (long?)Number("slot-memory") * BytesPerMebibyte,
    };

    private static NodeSetting Setting(string name) => NodeSettings.All.First(setting => setting.Name == name);

    private string? Text(string name)
    {
        var setting = Setting(name);
        if (!setting.Roles.HasFlag(_role)) return setting.Default.Length > 0 ? setting.Default : null;
        string text = (_values[name] ?? (_isQuick ? setting.QuickDefault : null) ?? setting.Default).Trim();
        return text.Length > 0 ? text : null;
    }

    private string? FullPath(string name) => Text(name) is { } path ? Path.GetFullPath(path) : null;

    private string Host(string name) =>
        Text(name) is { } host && Uri.CheckHostName(host) != UriHostNameType.Unknown
            ? host : throw NodeRefusals.Value(Setting(name));

    private string Choice(string name, params string[] choices) =>
        Text(name) is { } value && choices.Contains(value) ? value : throw NodeRefusals.Value(Setting(name));

    private bool Flag(string name) => Text(name)?.ToLowerInvariant() switch
    {
        null or "false" or "0" => false,
        "true" or "1" => true,
        _ => throw NodeRefusals.Setting($"an {name} that cannot be read", "true or false"),
    };

    private double? Number(string name)
    {
        if (Text(name) is not { } text) return null;
        var (least, most) = Setting(name).Range!.Value;
        bool isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out double value);
        bool isWhole = Setting(name).Unit == "s" || value == Math.Floor(value);
        return isNumber && isWhole && value >= least && value <= most
            ? value : throw NodeRefusals.Value(Setting(name));
    }

    private TimeSpan Seconds(string name) => TimeSpan.FromSeconds(Number(name)!.Value);

    private ImmutableArray<SeedAddress> Seeds() =>
    [
        .. List("seeds").Select(seed => SeedAddress.Parse(seed) ?? throw NodeRefusals.Value(Setting("seeds"))),
    ];

    private string[] List(string name) =>
        (Text(name) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private Uri? Api() =>
        Text("api") == "off" ? null
        : Uri.TryCreate(Text("api"), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            && uri is { AbsolutePath: "/", Query: "", UserInfo: "" }
            ? uri
        : throw NodeRefusals.Value(Setting("api"));

    /// <summary>The value itself, or the only line of the file that holds it.</summary>
    private string? Secret(string name, string fileName, bool isOneLine = true)
    {
        var (value, file) = (Text(name), FullPath(fileName));
        if (file is null) return value;
        if (value is not null)
            throw NodeRefusals.Contradiction($"both {name} and {fileName}", "one of them");
        try
        {
            if (new FileInfo(file).Length > LongestSecret) throw NodeRefusals.Value(Setting(fileName));
            var lines = File.ReadAllLines(file).Where(line => line.Trim().Length > 0).ToList();
            bool isRight = isOneLine ? lines.Count == 1 : lines.Count > 0;
            return isRight ? string.Join('\n', lines).Trim() : throw NodeRefusals.Value(Setting(fileName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException("NODE-SETTING", $"a {fileName} that cannot be read",
                Setting(fileName).Description, "correct the setting or the file's permissions", e);
        }
    }
}
