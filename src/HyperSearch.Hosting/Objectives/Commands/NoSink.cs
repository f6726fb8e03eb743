namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>Drops what a process prints.</summary>
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
