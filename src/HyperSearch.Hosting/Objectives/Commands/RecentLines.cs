namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>Remembers the last lines that a command printed, for the message when it fails.</summary>
internal sealed class RecentLines
{
    private const int Lines = 20, Length = 200;
    private readonly Queue<string> _lines = new(Lines);

    /// <summary>Takes a line; long ones are cut.</summary>
    public void Add(string line)
    {
        if (_lines.Count == Lines)
            _lines.Dequeue();
        _lines.Enqueue(line.Length > Length ? string.Concat(line.AsSpan(0, Length), "…") : line);
    }

    /// <summary>Forgets them all.</summary>
    public void Clear() => _lines.Clear();

    /// <summary>For people: the sentence that ends a failure's message.</summary>
    public override string ToString() =>
        _lines.Count == 0 ? "It printed nothing." : $"It last printed:\n{string.Join('\n', _lines.Select(line => "  " + line))}";
}
