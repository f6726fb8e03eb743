namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>Takes the output of a process, line by line, on the thread that reads it.</summary>
internal interface IOutputSink
{
    /// <summary>A line of standard output.</summary>
    /// <param name="line">Without its end; valid during the call only.</param>
    /// <param name="cut">Whether it was too long, and cut.</param>
    void Output(ReadOnlySpan<byte> line, bool cut);

    /// <summary>A line of standard error.</summary>
    /// <param name="line">Without its end; valid during the call only.</param>
    /// <param name="cut">Whether it was too long, and cut.</param>
    void Error(ReadOnlySpan<byte> line, bool cut);
}

/// <summary>Drops the output of a process.</summary>
internal sealed class NoSink : IOutputSink
{
    /// <summary>The one there is.</summary>
    public static NoSink Instance { get; } = new();

    /// <inheritdoc/>
    public void Output(ReadOnlySpan<byte> line, bool cut)
    {
    }

    /// <inheritdoc/>
    public void Error(ReadOnlySpan<byte> line, bool cut)
    {
    }
}
