using System.Text;

namespace Ivim.Imaging.Dicom.Writing;

/// <summary>One element with its value: text, bytes or items, one of the three.</summary>
internal sealed record WrittenElement
{
    private readonly string? _text;
    private readonly ReadOnlyMemory<byte> _bytes;

    public WrittenElement(DicomTag tag, string form, string text) => (Tag, Form, _text) = (tag, form, text);

    public WrittenElement(DicomTag tag, string form, ReadOnlyMemory<byte> bytes) =>
        (Tag, Form, _bytes) = (tag, form, bytes);

    public WrittenElement(DicomTag tag, DicomContent[] items) => (Tag, Form, Items) = (tag, "SQ", items);

    public DicomTag Tag { get; }

    public string Form { get; }

    public DicomContent[]? Items { get; }

    /// <summary>The value with the padding that makes its length even (PS3.5 6.2).</summary>
    public ReadOnlyMemory<byte> Value
    {
        get
        {
            var value = _text is null ? _bytes : Encoding.UTF8.GetBytes(_text);
            if (value.Length % 2 == 0) return value;
            bool isBlank = _text is not null && Form != "UI";
            return (byte[])[.. value.Span, isBlank ? (byte)' ' : (byte)0];
        }
    }

    public bool IsAscii => _text is null || Ascii.IsValid(_text);
}
