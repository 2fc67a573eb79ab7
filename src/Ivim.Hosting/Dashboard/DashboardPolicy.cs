using Ivim.Imaging.Reports;
using Microsoft.AspNetCore.Http;

namespace Ivim.Hosting.Dashboard;

/// <summary>What a browser may do on a page of the dashboard: nothing that did not come from this server.</summary>
internal static class DashboardPolicy
{
    /// <summary>
    /// Scripts and styles are files of this server; a text never becomes a script (trusted types). A report is shown in
    /// a frame of its own, where its one style is known by its hash. Images are drawn from bytes that scripts hold.
    /// </summary>
    public static string Content { get; } = string.Join("; ",
        "default-src 'none'", "script-src 'self'", $"style-src 'self' {ReportStyle.Source}",
        "img-src 'self' data: blob:", "frame-src blob:", "connect-src 'self'", "base-uri 'none'", "form-action 'none'",
        "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'");

    public static void Guard(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Content;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
    }
}
