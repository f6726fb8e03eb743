using System.Text;
using System.Text.Unicode;

namespace HyperSearch.Training.Data.Reading;

/// <summary>Finds out how the text of a file is encoded, from all of its bytes.</summary>
/// <remarks>
/// A byte order mark decides. Without one the text is UTF-8 if every byte fits; else Windows-1252, which Excel writes in western Europe, if
/// no
/// byte above 127 forms UTF-8 anywhere and each is a character of Windows-1252. Anything else is refused with its line and byte: a
/// replacement character in its place would join different names into one.
/// </remarks>
internal sealed class TextEncoding
{
    private const int Chunk = 1 << 16;
    private readonly string _file;
    private long _line = 1;
    private int _column = 1;
    private bool _hasUtf8;
    private (long Line, int Column, byte Value)? _wrong, _undefined;

    private TextEncoding(string file) => _file = file;

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="file">The file as messages name it.</param>
    /// <param name="head">The first bytes, at most 64 KiB.</param>
    /// <returns>The encoding; null for UTF-8.</returns>
    /// <exception cref="DataException">The bytes are no text.</exception>
    public static Encoding? Of(Stream stream, string file, out byte[] head)
    {
        var buffer = new byte[Chunk];
        var length = stream.ReadAtLeast(buffer, Chunk, throwOnEndOfStream: false);
        head = buffer[..length];
        if (Marked(head) is { } marked)
            return marked;
        if (IsUtf16(head))
            throw new DataException($"{file}: this seems to be UTF-16 without a byte order mark. Save the file as UTF-8.");
        if (head.AsSpan().Contains((byte)0))
            throw new DataException($"{file}: this is not a text file in UTF-8; a CSV file with a header is needed.{Kind(head)}");
        var survey = new TextEncoding(file);
        while (length > 0)
        {
            var kept = length < Chunk ? 0 : Unfinished(buffer);
            survey.Look(buffer.AsSpan(0, length - kept));
            buffer.AsSpan(length - kept, kept).CopyTo(buffer);
            length = kept + stream.ReadAtLeast(buffer.AsSpan(kept), Chunk - kept, throwOnEndOfStream: false);
        }
        return survey.Decide();
    }

    private static Encoding? Marked(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE, 0, 0, ..] => new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true),
        [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
        _ => null,
    };

    /// <summary>Whether every second byte of the first characters is 0, as in Latin letters and digits of two bytes each.</summary>
    private static bool IsUtf16(ReadOnlySpan<byte> head)
    {
        int even = 0, odd = 0, count = Math.Min(head.Length / 2, 32);
        for (var i = 0; i < count; i++)
            (even, odd) = (even + (head[2 * i] == 0 ? 1 : 0), odd + (head[2 * i + 1] == 0 ? 1 : 0));
        return count >= 4 && ((even == 0 && odd == count) || (odd == 0 && even == count));
    }

    private static string Kind(ReadOnlySpan<byte> head) => head switch
    {
        [(byte)'P', (byte)'K', 3, 4, ..] => " It begins as an Excel workbook or a zip archive does: save the sheet as CSV, or unpack "
            + "the archive.",
        [(byte)'P', (byte)'A', (byte)'R', (byte)'1', ..] => " It begins as a Parquet file does: save it as CSV.",
        [0x93, (byte)'N', (byte)'U', (byte)'M', ..] => " It begins as an NPY file does: call it .npy.",
        [0, 0, _, > 0 and < 5, ..] => " It begins as an IDX file does: name it under `images:`.",
        _ => "",
    };

    /// <summary>Number of bytes at the end that begin a character which goes on in the next chunk.</summary>
    private static int Unfinished(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= 3; back++)
        {
            var value = bytes[^back];
            if (value < 0x80)
                return 0;
            if (value >= 0xC0)
                return (value >= 0xF0 ? 4 : value >= 0xE0 ? 3 : 2) > back ? back : 0;
        }
        return 0;
    }

    private void Look(ReadOnlySpan<byte> bytes)
    {
        if (Ascii.IsValid(bytes))
            Advance(bytes);
        else if (_wrong is null && Utf8.IsValid(bytes))
            (_hasUtf8, _) = (true, Advance(bytes));
        else
            LookClosely(bytes);
    }

    private bool Advance(ReadOnlySpan<byte> bytes)
    {
        var lines = bytes.Count((byte)'\n');
        _line += lines;
        _column = lines == 0 ? _column + bytes.Length : bytes.Length - bytes.LastIndexOf((byte)'\n');
        return true;
    }

    private void LookClosely(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out _, out var consumed);
            if (status == System.Buffers.OperationStatus.Done)
            {
                _hasUtf8 |= consumed > 1;
            }
            else
            {
                consumed = 1;
                _wrong ??= (_line, _column, bytes[0]);
                if (bytes[0] is 0x81 or 0x8D or 0x8F or 0x90 or 0x9D)
                    _undefined ??= (_line, _column, bytes[0]);
            }
            Advance(bytes[..consumed]);
            bytes = bytes[consumed..];
        }
    }

    private Encoding? Decide()
    {
        if (_wrong is not { } wrong)
            return null;
        if (_hasUtf8)
            throw new DataException($"{_file}:{wrong.Line}: byte {wrong.Column} of the line, 0x{wrong.Value:X2}, is not UTF-8, as the "
                + $"rest of the file is. Correct the line, or save the whole file as UTF-8.");
        if (_undefined is { } undefined)
            throw new DataException($"{_file}:{undefined.Line}: byte {undefined.Column} of the line, 0x{undefined.Value:X2}, is "
                + $"neither UTF-8 nor Windows-1252. Save the file as UTF-8.");
        return CodePagesEncodingProvider.Instance.GetEncoding(1252);
    }
}
