namespace Ivim.Imaging.Reports.Pages;

/// <summary>A report as content: nothing but words, numbers and images. Equal content gives equal bytes.</summary>
/// <param name="Title">May hold anything: every text is escaped where it is written.</param>
public sealed record ReportPage(string Title, string Subtitle, IReadOnlyList<ReportSection> Sections)
{
    /// <returns>UTF-8, one file that needs no other.</returns>
    public byte[] ToHtml() => PageWriter.Write(this);
}

public sealed record ReportSection(string Heading, IReadOnlyList<ReportBlock> Blocks);

/// <summary>A piece of a section, one below the other.</summary>
public abstract record ReportBlock;

public sealed record Paragraph(string Text) : ReportBlock;

/// <summary>Words and their values, in the order to be read.</summary>
public sealed record FactList(IReadOnlyList<Fact> Facts) : ReportBlock;

public sealed record Fact(string Name, string Value);

/// <param name="Rows">As many cells each as there are columns.</param>
public sealed record DataTable(
    string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<TableCell>> Rows) : ReportBlock;

/// <param name="Link">A file beside the page, or null.</param>
/// <param name="Stands">Whether the cell is to catch the eye.</param>
public sealed record TableCell(string Text, string? Link = null, bool Stands = false)
{
    public static implicit operator TableCell(string text) => new(text);

    public static TableCell ToTableCell(string text) => new(text);
}

/// <summary>Lines that somebody should read before the numbers are used.</summary>
public sealed record NoteList(IReadOnlyList<string> Notes) : ReportBlock;

/// <summary>A text to be pasted elsewhere.</summary>
public sealed record PasteText(string Text) : ReportBlock;

public sealed record ReferenceList(IReadOnlyList<Reference> References) : ReportBlock;

/// <param name="Doi">Without address, for example `10.1002/mrm.28852`; null where there is none.</param>
public sealed record Reference(string Text, string? Doi = null);

/// <summary>Charts side by side, as many as fit.</summary>
public sealed record ChartRow(IReadOnlyList<Chart> Charts) : ReportBlock;
