using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Commands;

namespace HyperSearch.Cluster.Joining;

/// <summary>The folder in which a command runs at a worker.</summary>
internal static class CommandPlace
{
    /// <summary>Finds it where the search file ships no files (<see cref="CommandDefinition.Files"/>).</summary>
    /// <param name="command">The command, with the folder of the search file at the host.</param>
    /// <param name="root">
    /// The worker's <c>--root DIR</c>: where it has what the host has in that folder; <c>null</c> at the same path.
    /// </param>
    /// <param name="hasFolder">Whether a folder is there.</param>
    /// <param name="hasProgram">Whether a program is found from a folder: <see cref="HasProgram"/>.</param>
    /// <returns>The folder, or the sentence with which the worker is refused.</returns>
    public static (string? Folder, string? Refusal) Find(
        CommandDefinition command, string? root, Func<string, bool> hasFolder, Func<string, string, bool> hasProgram)
    {
        const string choice =
            "Name what it needs in the search file, objective.files: [train.py, lib/**], so that it is sent, or start the worker with "
            + "--root DIR, where DIR holds the same here.";
        var folder = root ?? command.WorkingDirectory;
        if (!hasFolder(folder))
            return (null, $"The command runs in \"{folder}\", which this machine does not have. {choice}");
        var program = command.Arguments[0];
        return program.Contains('{', StringComparison.Ordinal) || hasProgram(program, folder)
            ? (folder, null)
            : (null, $"The program \"{program}\" is found neither in \"{folder}\" nor in the PATH of this machine. {choice}");
    }

    /// <summary>Whether a program is found as the command would find it.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="folder">The command's working directory.</param>
    public static bool HasProgram(string program, string folder)
    {
        try
        {
            return ProgramPath.Find(program, folder, Environment.GetEnvironmentVariable("PATH")).Length > 0;
        }
        catch (CommandFailedException)
        {
            return false;
        }
    }
}
