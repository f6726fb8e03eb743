namespace HyperSearch.Cli.Tests.EndToEnd;

/// <summary>What a process left behind.</summary>
public sealed record Finished(int Code, string Output, string Error)
{
    /// <summary>The last line that it wrote to stderr.</summary>
    public string LastNote => Error.TrimEnd().Split('\n')[^1];
}
