using HyperSearch.Cluster.Files;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Commands;

namespace HyperSearch.Cluster.Joining;

/// <summary>The folder in which a command runs at a worker: whether the command can run there at all.</summary>
internal static class CommandPlace
{
    private const string Choice =
        "Name what it needs in the search file, objective.files: [train.py, lib/**], so that it is sent, or start the worker with "
        + "--root DIR, where DIR holds the same here.";

    /// <summary>The files that a command's arguments name at the host.</summary>
    /// <returns>
    /// Their paths as the arguments say them. The first is taken for the script and has its SHA-256; the hash of the others is empty,
    /// because the command may write to them.
    /// </returns>
    public static FileEntry[] FilesOf(CommandDefinition command) =>
    [
        .. command.Arguments.Skip(1).Distinct().Where(argument => argument.Length > 0 && !argument.AsSpan().ContainsAny('{', '}', '\0'))
            .Select(argument => (Path: argument, File: new FileInfo(Path.Combine(command.WorkingDirectory, argument))))
            .Where(named => named.File.Exists)
            .Select((named, place) => new FileEntry(
                named.Path, named.File.Length, place == 0 && named.File.Length > 0 ? FileHash.OfProgram(named.File.FullName) : "")),
    ];

    /// <summary>
    /// Looks whether the command can run in its folder. A worker asks when it joins, so that a place that lacks something fails no trial,
    /// and again when a trial has failed, because a place can lose something.
    /// </summary>
    /// <param name="command">The command, with its folder at the worker.</param>
    /// <param name="named">The files that its arguments name at the host: <see cref="FilesOf"/>.</param>
    /// <param name="isSent">Whether the folder holds what the search file ships (<see cref="CommandDefinition.Files"/>).</param>
    /// <returns>What is wrong, in a sentence that says what to do; <c>null</c> when nothing is.</returns>
    public static string? FaultOf(CommandDefinition command, IEnumerable<FileEntry> named, bool isSent)
    {
        var folder = command.WorkingDirectory;
        if (!Directory.Exists(folder))
            return $"The command runs in \"{folder}\", which this machine does not have. {Choice}";
        var program = command.Arguments[0];
        if (!program.Contains('{', StringComparison.Ordinal) && ProgramFault(command, program) is { } fault)
            return $"{fault} {(isSent ? "Install it here, or send it with objective.files." : Choice)}";
        foreach (var file in named)
        {
            var here = new FileInfo(Path.Combine(folder, file.Path));
            if (!here.Exists)
            {
                return isSent && !Path.IsPathRooted(file.Path)
                    ? NotSent(file.Path)
                    : $"The command names \"{file.Path}\", which \"{folder}\" does not have on this machine. {Choice}";
            }

            if (file.Hash.Length > 0 && !FileHash.Matches(here.FullName, file))
            {
                return $"\"{here.FullName}\" is not the file that the host began with, so trials would not compare. Put the host's in its "
                    + "place; where the host's own was edited since, start the host again.";
            }
        }

        return null;
    }

    /// <summary>
    /// Looks, before anything is made, whether the files that a command ships leave out one that its arguments name: every worker would be
    /// refused.
    /// </summary>
    /// <returns>What is wrong, in a sentence that says what to do; <c>null</c> when nothing is.</returns>
    public static string? FaultOf(CommandDefinition command, CommandBundle bundle)
    {
        var sent = bundle.Manifest.Files.Select(file => Path.GetFullPath(file.Path, bundle.Folder)).ToHashSet(StringComparer.Ordinal);
        return FilesOf(command).FirstOrDefault(
            file => !Path.IsPathRooted(file.Path) && !sent.Contains(Path.GetFullPath(file.Path, bundle.Folder))) is { } missing
            ? NotSent(missing.Path) : null;
    }

    private static string NotSent(string path) => $"The command names \"{path}\", which objective.files does not send. Add it there.";

    private static string? ProgramFault(CommandDefinition command, string program)
    {
        var searchPath = command.Environment.TryGetValue("PATH", out var own) && !own.Contains('{', StringComparison.Ordinal)
            ? own : Environment.GetEnvironmentVariable("PATH");
        try
        {
            var path = ProgramPath.Find(program, command.WorkingDirectory, searchPath);
            return ProgramPath.InterpreterOf(path) is { } interpreter && !File.Exists(interpreter)
                ? $"The first line of \"{path}\" names \"{interpreter}\", which this machine does not have." : null;
        }
        catch (UnauthorizedAccessException)
        {
            return null; // it may be run and not read
        }
        catch (CommandFailedException)
        {
            return $"The program \"{program}\" is found neither in \"{command.WorkingDirectory}\" nor in the PATH of this machine, or may "
                + "not be run.";
        }
    }
}
