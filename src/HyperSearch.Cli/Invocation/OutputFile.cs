namespace HyperSearch.Cli.Invocation;

/// <summary>A file that a user asked a verb to write.</summary>
internal static class OutputFile
{
    /// <summary>Refuses a place where no file can be made, in the words of the user's path.</summary>
    /// <exception cref="CommandException">Its folder does not exist, or a folder has its name.</exception>
    public static void RequirePlace(string path)
    {
        if (Directory.Exists(path))
            throw CommandException.Usage($"{path} is a folder; name a file in it.");
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
            throw CommandException.Usage($"There is no folder {folder} to write {Path.GetFileName(path)} to.");
    }
}
