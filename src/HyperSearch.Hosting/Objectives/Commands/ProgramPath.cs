using System.Text;

namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>Finds the file that a program's name stands for, as a shell would, and says what is wrong when there is none.</summary>
internal static class ProgramPath
{
    private const int LongestFirstLine = 256; // as much as the kernel reads

    /// <summary>Finds it.</summary>
    /// <param name="program">A path when it has a slash (relative to <paramref name="workingDirectory"/>), else a name to be looked
    /// for.</param>
    /// <param name="workingDirectory">Absolute.</param>
    /// <param name="searchPath">The folders to look in, joined by colons: the command's own <c>PATH</c>.</param>
    /// <exception cref="CommandFailedException">There is no such file, or it cannot be run.</exception>
    public static string Find(string program, string workingDirectory, string? searchPath)
    {
        if (program.Length == 0)
            throw new CommandFailedException("The command's program is an empty word.");
        if (program.Contains('/', StringComparison.Ordinal))
            return Checked(Path.Combine(workingDirectory, program), program);

        foreach (var folder in (searchPath ?? "/usr/local/bin:/usr/bin:/bin").Split(':'))
        {
            var candidate = Path.Combine(workingDirectory, folder, program);
            if (File.Exists(candidate) && IsExecutable(candidate))
                return candidate;
        }

        throw new CommandFailedException(File.Exists(Path.Combine(workingDirectory, program))
            ? $"The program \"{program}\" is not in PATH. There is a file of that name in the working directory; " +
                $"write \"./{program}\" to run it."
            : $"The program \"{program}\" is not in PATH. Install it, or give its path.");
    }

    /// <summary>The program that the first line of a script names, <c>#!/bin/sh</c>.</summary>
    /// <param name="path">The script, or any other program.</param>
    /// <returns>Its path; <c>null</c> where the file has no such line.</returns>
    public static string? InterpreterOf(string path)
    {
        Span<byte> start = stackalloc byte[LongestFirstLine];
        using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        start = start[..RandomAccess.Read(file, start, 0)];
        if (!start.StartsWith("#!"u8))
            return null;
        start = start[2..].TrimStart(" \t"u8);
        var end = start.IndexOfAny((byte)' ', (byte)'\t', (byte)'\n');
        var interpreter = Encoding.UTF8.GetString(end < 0 ? start : start[..end]);
        return interpreter.StartsWith('/') ? interpreter : null;
    }

    private static string Checked(string path, string program)
    {
        if (Directory.Exists(path))
            throw new CommandFailedException($"The program \"{program}\" is a folder.");
        if (!File.Exists(path))
            throw new CommandFailedException(
                $"The program \"{program}\" does not exist; a relative path starts from the working directory.");
        return IsExecutable(path) ? path : throw new CommandFailedException(
            $"The program \"{program}\" may not be executed; `chmod +x` allows it.");
    }

    /// <summary>Whether this user may run it: a disk that is mounted without programs forbids it too.</summary>
    private static bool IsExecutable(string path) => !OperatingSystem.IsLinux() || Libc.MayExecute(path);
}
