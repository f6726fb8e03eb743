namespace HyperSearch.Cli.Invocation;

/// <summary>The exit codes of the command, which are part of the contract.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The campaign ran and no trial succeeded, or the command failed.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage, or a search file that does not validate.</summary>
    public const int Usage = 2;

    /// <summary>Interrupted; the last line on stderr says how to go on.</summary>
    public const int Interrupted = 130;
}
