using Ivim.Imaging.Reports.Pages;

namespace Ivim.Imaging.Reports;

/// <summary>The one style that every report carries, for pages that show a report in a frame.</summary>
public static class ReportStyle
{
    /// <summary>As a `style-src` of a Content-Security-Policy names it.</summary>
    public static string Source => PageStyle.Source;
}
