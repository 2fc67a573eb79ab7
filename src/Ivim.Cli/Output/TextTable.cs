using Spectre.Console;

namespace Ivim.Cli.Output;

/// <summary>Rows under headings: drawn on a terminal, aligned with blanks elsewhere.</summary>
/// <param name="textColumns">How many columns from the left are text; the others are numbers, set to the right.</param>
internal sealed class TextTable(int textColumns, string[] headings)
{
    private const string Gap = "  ";

    private readonly List<string[]> _rows = [];

    public void Add(string[] cells) => _rows.Add(cells);

    public void Write(Terminal terminal)
    {
        if (terminal.OutputIsTerminal) Draw(terminal.Output);
        else Align(terminal.Output);
    }

    private void Draw(TextWriter writer)
    {
        var table = new Table().Border(TableBorder.Simple);
        for (int column = 0; column < headings.Length; column++)
        {
            var heading = new TableColumn(Markup.Escape(headings[column])) { NoWrap = true };
            table.AddColumn(column < textColumns ? heading : heading.RightAligned());
        }
        foreach (string[] row in _rows) table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) }).Write(table);
    }

    private void Align(TextWriter writer)
    {
        int[] widths = [.. headings.Select((heading, column) =>
            _rows.Select(row => row[column].Length).Append(heading.Length).Max())];
        foreach (string[] row in _rows.Prepend(headings))
        {
            var cells = row.Select((cell, column) =>
                column < textColumns ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            writer.WriteLine(string.Join(Gap, cells).TrimEnd());
        }
    }
}
