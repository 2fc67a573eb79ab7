using System.Diagnostics;
using System.Xml;
using System.Xml.Linq;
using Ivim.Actors.Stages;
using Ivim.Actors.Tests.Artifacts;
using Ivim.Actors.Tests.Stages;
using Ivim.Domain.Work;
using SkiaSharp;

namespace Ivim.Actors.Tests.Reports;

/// <summary>The page as a browser draws it, which a look at its elements cannot tell.</summary>
public sealed class ReportPictureTests : IDisposable
{
    private const int Width = 1140, Height = 13000, Margin = 20;

    private static readonly string[] Browsers = ["chromium", "chromium-browser", "google-chrome"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void A_browser_draws_the_page_in_colour_with_its_style_and_nothing_runs_over_the_edge()
    {
        var browser = Browsers.SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        Skip.If(browser is null, "no chromium on the path");
        var dossier = SmallSeries.Write(_folder["in"]);
        new StudyWalk(_folder, dossier, StudyWalk.ThreeSlabs).RunUntil(ItemName.Publish);
        using var picture = Drawn(browser, new Destination(dossier).Report);

        Assert.Equal((Width, Height), (picture.Width, picture.Height));
        var pixels = picture.Pixels;
        var (colors, lastRow, ruled, wasRule) = (new HashSet<SKColor>(), 0, 0, false);
        for (int y = 0; y < Height; y++)
        {
            var first = pixels[y * Width + Width / 2];
            bool isRule = first != SKColors.White;
            for (int x = 0; x < Width; x++)
            {
                var color = pixels[y * Width + x];
                colors.Add(color);
                if (color != SKColors.White) lastRow = y;
                if (x is < Margin or >= Width - Margin) Assert.True(color == SKColors.White, $"ink at {x}, {y}");
                else if (x is > 2 * Margin + 30 and < Width - 2 * Margin - 30) isRule &= color == first;
            }
            if (isRule && !wasRule) ruled++;
            wasRule = isRule;
        }
        // The style draws a line above each heading: without the style there is none.
        Assert.Equal(Sections(new Destination(dossier).Report), ruled);
        Assert.True(colors.Count > 200, $"{colors.Count} colours"); // the scale alone has 128, and letters blend
        Assert.InRange(lastRow, Height / 4, Height - 100); // all of it is in the picture, and it is more than a title
    }

    private static int Sections(string path)
    {
        using var xml = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(xml).Descendants("section").Count();
    }

    private SKBitmap Drawn(string browser, string page)
    {
        var picture = _folder["page.png"];
        using var process = Process.Start(new ProcessStartInfo(browser,
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1",
            "--force-color-profile=srgb", "--no-first-run", "--disable-dev-shm-usage",
            "--user-data-dir=" + _folder["browser"], $"--window-size={Width},{Height}", "--screenshot=" + picture,
            new Uri(page).AbsoluteUri,
        ])
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
        })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return SKBitmap.Decode(picture) ?? throw new InvalidOperationException("the browser drew nothing");
    }
}
