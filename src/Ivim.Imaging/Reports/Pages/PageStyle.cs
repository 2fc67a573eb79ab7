using System.Security.Cryptography;
using System.Text;

namespace Ivim.Imaging.Reports.Pages;

/// <summary>How pages look, and the policy that lets a browser load nothing else.</summary>
internal static class PageStyle
{
    public const string Sheet = """
        :root{color-scheme:light}
        body{margin:0 auto;max-width:1080px;padding:24px 28px 60px;background:#fff;color:#22262e;
        font:15px/1.5 system-ui,"DejaVu Sans",sans-serif}
        h1{font-size:26px;margin:0}
        h2{font-size:19px;margin:36px 0 10px;padding-top:10px;border-top:1px solid #d9dce2}
        .subtitle{color:#5a606c;margin:2px 0 14px}
        nav{font-size:13px;line-height:1.9}
        nav a{margin-right:14px;white-space:nowrap}
        a{color:#1c5fa8}
        p{max-width:860px;margin:8px 0}
        dl{display:grid;grid-template-columns:minmax(170px,max-content) 1fr;gap:3px 18px;margin:8px 0}
        dt{color:#5a606c}
        dd{margin:0;overflow-wrap:anywhere}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;margin:6px 0 16px;font-size:13.5px;font-variant-numeric:tabular-nums}
        caption{text-align:left;padding:6px 0;color:#22262e}
        th,td{padding:3px 14px 3px 0;text-align:left;border-bottom:1px solid #e7e9ed;vertical-align:top}
        th{color:#5a606c;font-weight:600}
        td.stands{color:#a3261b;font-weight:600}
        figure{margin:10px 0 16px;break-inside:avoid}
        figcaption{font-size:13.5px;margin-bottom:3px}
        figure svg{display:block;width:100%;height:auto}
        .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(400px,1fr));gap:8px 20px}
        .charts figure{max-width:500px}
        svg text{font:11px system-ui,"DejaVu Sans",sans-serif;fill:#4a505c}
        svg text.side{font-weight:700;font-size:12px;fill:#fff;stroke:#000;stroke-width:2.5px;paint-order:stroke}
        svg image{image-rendering:pixelated}
        ul.notes{padding:10px 14px 10px 30px;background:#fff6e0;border-left:4px solid #d99a00;max-width:840px}
        .paste{padding:12px 16px;background:#f3f5f8;border-radius:6px;white-space:pre-wrap;user-select:all}
        ol.references{font-size:13.5px;padding-left:22px}
        @media print{body{max-width:none;padding:0}nav{display:none}h2{break-after:avoid}
        *{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
        """;

    /// <summary>The style, as a policy names it.</summary>
    public static string Source { get; } = $"'sha256-{Hash(Sheet)}'";

    /// <summary>No script, font, frame or address; images are data in the page; the one style is this one.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; img-src data:; style-src {Source}; base-uri 'none'; form-action 'none'";

    private static string Hash(string sheet) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(sheet)));
}
