using Spectre.Console;

namespace Ivim.Cli.Output;

/// <summary>Rows under headings: drawn on a terminal, aligned with blanks elsewhere.</summary>
/// <param name="textColumns">How many columns from the left are text; the others are numbers, set to the right.</param>
internal sealed class TextTable(int textColumns, string[] headings)
{
    private const string Gap = "  ";

    // A blank on either side of a cell and the line between two cells.
    private const int CellPadding = 3;

    private readonly List<string[]> _rows = [];

    public void Add(string[] cells) => _rows.Add(cells);

    /// <summary>A terminal too narrow for a drawn table gets the text, whose lines it folds itself.</summary>
    public void Write(Terminal terminal)
    {
        int[] widths = [.. headings.Select((heading, column) =>
            _rows.Select(row => row[column].Length).Append(heading.Length).Max())];
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Output) });
        bool fits = widths.Sum(width => width + CellPadding) <= console.Profile.Width;
        if (terminal.OutputIsTerminal && fits) Draw(console);
        else Align(terminal.Output, widths);
    }

    private void Draw(IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple);
        for (int column = 0; column < headings.Length; column++)
        {
            var heading = new TableColumn(Markup.Escape(headings[column])) { NoWrap = true };
            table.AddColumn(column < textColumns ? heading : heading.RightAligned());
        }
        foreach (string[] row in _rows) table.AddRow([.. row.Select(Markup.Escape)]);
        console.Write(table);
    }

    private void Align(TextWriter writer, int[] widths)
    {
        foreach (string[] row in _rows.Prepend(headings))
        {
            var cells = row.Select((cell, column) =>
                column < textColumns ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            writer.WriteLine(string.Join(Gap, cells).TrimEnd());
        }
    }
}
