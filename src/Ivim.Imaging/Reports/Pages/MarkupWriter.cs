using System.Buffers;
using System.Globalization;
using System.Text;

namespace Ivim.Imaging.Reports.Pages;

/// <summary>Writes elements that close, and texts that cannot be taken for elements.</summary>
/// <remarks>The result is well-formed XML too, so that a test can read it.</remarks>
internal sealed class MarkupWriter
{
    private static readonly SearchValues<char> Harmless = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Except("&<>\"'")]);

    private readonly StringBuilder _text = new();
    private readonly Stack<string> _open = new();

    /// <summary>Begins an element; <see cref="Close"/> ends the one that was begun last.</summary>
    public MarkupWriter Open(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Begin(element, attributes);
        _text.Append('>');
        _open.Push(element);
        return this;
    }

    public MarkupWriter Close(int count = 1)
    {
        for (; count > 0; count--) _text.Append("</").Append(_open.Pop()).Append('>');
        return this;
    }

    /// <summary>An element without content.</summary>
    public MarkupWriter Empty(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Begin(element, attributes);
        _text.Append("/>");
        return this;
    }

    public MarkupWriter Element(
        string element, string text, params ReadOnlySpan<(string Name, string Value)> attributes) =>
        Open(element, attributes).Text(text).Close();

    public MarkupWriter Text(string text)
    {
        Escape(text);
        return this;
    }

    /// <summary>Our own words only, which have nothing to escape.</summary>
    public MarkupWriter Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    public MarkupWriter Line()
    {
        _text.Append('\n');
        return this;
    }

    /// <summary>A number of a drawing: two digits are a hundredth of a pixel.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    public override string ToString() => _open.Count == 0 ? _text.ToString()
        : throw new InvalidOperationException($"<{_open.Peek()}> is still open");

    private void Begin(string element, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _text.Append('<').Append(element);
        foreach (var (name, value) in attributes)
        {
            _text.Append(' ').Append(name).Append("=\"");
            Escape(value);
            _text.Append('"');
        }
    }

    private void Escape(string text)
    {
        if (text.AsSpan().IndexOfAnyExcept(Harmless) < 0)
        {
            _text.Append(text);
            return;
        }
        foreach (var letter in text.EnumerateRunes())
        {
            _ = letter.Value switch
            {
                '&' => _text.Append("&amp;"),
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '"' => _text.Append("&quot;"),
                '\'' => _text.Append("&#39;"),
                '\n' => _text.Append('\n'),
                < ' ' or 0x7F or 0xFFFE or 0xFFFF => _text.Append('\uFFFD'),
                _ => _text.Append(letter.ToString()),
            };
        }
    }
}
