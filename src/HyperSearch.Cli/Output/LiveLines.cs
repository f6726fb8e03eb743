using System.Text;

namespace HyperSearch.Cli.Output;

/// <summary>A few lines at the foot of a terminal that are redrawn in place, even when the window's width changes; other lines appear
/// above them.</summary>
/// <remarks>Safe to use from several threads. Each frame is one write, so nothing flickers.</remarks>
/// <param name="writer">The terminal.</param>
/// <param name="width">Its columns; asked for each frame.</param>
internal sealed class LiveLines(TextWriter writer, Func<int> width) : IDisposable
{
    private const string HideCursor = "\e[?25l", ShowCursor = "\e[?25h", ClearBelow = "\e[J", ClearToEnd = "\e[K";

    private readonly Lock _lock = new();
    private string[] _shown = [];
    private bool _over;

    /// <summary>Shows these lines in place of those before; a line that does not fit the width is cut off.</summary>
    public void Draw(IEnumerable<string> lines)
    {
        lock (_lock)
        {
            if (_over)
                return;
            var frame = new StringBuilder(HideCursor).Append(Back());
            Add(frame, lines);
            writer.Write(frame.ToString());
        }
    }

    /// <summary>Writes something above the lines by its own means.</summary>
    public void Above(Action write)
    {
        lock (_lock)
        {
            writer.Write(Back() + ClearBelow);
            write();
            var frame = new StringBuilder();
            Add(frame, _shown);
            writer.Write(frame.ToString());
        }
    }

    /// <summary>Removes the lines and gives the cursor back.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            writer.Write(Back() + ClearBelow + ShowCursor);
            (_over, _shown) = (true, []);
        }
    }

    private void Add(StringBuilder frame, IEnumerable<string> lines)
    {
        var most = Math.Max(1, width() - 1);
        _shown = [.. lines.Select(line => Fitted(Terminal.Printable(line), most))];
        frame.AppendJoin(ClearToEnd + "\n", _shown).Append(ClearBelow);
    }

    /// <summary>To the start of the first line. A window that has become narrower has broken the drawn lines into more rows.</summary>
    private string Back()
    {
        var columns = Math.Max(1, width());
        var rows = _shown.Sum(line => Math.Max(1, (StyledText.Columns(line) + columns - 1) / columns)) - 1;
        return rows > 0 ? $"\r\e[{rows}A" : "\r";
    }

    private static string Fitted(string line, int most)
    {
        if (StyledText.Columns(line) <= most)
            return line;
        while (line.Length > 0 && StyledText.Columns(line) > most - 1)
            line = line[..^1];
        return line + "…";
    }
}
