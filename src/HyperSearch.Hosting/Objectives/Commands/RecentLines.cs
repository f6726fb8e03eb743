namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>Remembers the last lines that a command printed, for the message when it fails.</summary>
internal sealed class RecentLines
{
    private const int Most = 20, Length = 200;
    private readonly Queue<(string Text, bool IsError)> _lines = new(Most);

    /// <summary>The last lines of standard output.</summary>
    public IEnumerable<string> Output => _lines.Where(line => !line.IsError).Select(line => line.Text);

    /// <summary>The last lines of standard error.</summary>
    public IEnumerable<string> Error => _lines.Where(line => line.IsError).Select(line => line.Text);

    /// <summary>A line that begins as a measurement does and was too long to be read, in words; <c>null</c> when there was none.</summary>
    public string? Lost { get; set; }

    /// <summary>Takes a line; long ones are cut.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isError">Whether it came from standard error.</param>
    public void Add(string line, bool isError)
    {
        if (_lines.Count == Most)
            _lines.Dequeue();
        _lines.Enqueue((line.Length > Length ? string.Concat(line.AsSpan(0, Length), "…") : line, isError));
    }

    /// <summary>The sentence that ends a failure's message.</summary>
    public override string ToString() =>
        _lines.Count == 0 ? "It printed nothing." : $"It last printed:\n{string.Join('\n', _lines.Select(line => "  " + line.Text))}";
}
