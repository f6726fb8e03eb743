using System.ComponentModel;
using System.Runtime.InteropServices;

namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>
/// Starts a process in a session, and so a process group, of its own, with default signals and no descriptors but its three.
/// </summary>
/// <remarks>
/// <c>posix_spawn</c> does all of it between fork and exec, inside the C library, so there is no race and no shell:
/// a terminal's Ctrl-C does not reach the child, and one <c>kill(−id)</c> reaches every process that it has started.
/// </remarks>
internal static unsafe class ChildSpawn
{
    private const int ReadOnly = 0, WriteOnly = 1;

    /// <summary>Starts one.</summary>
    /// <returns>The process id, and our ends of its standard input, output and error; −1 where there is none.</returns>
    /// <exception cref="CommandFailedException">It cannot be started, however often one tries.</exception>
    /// <exception cref="TransientFailureException">The system has no room for it now.</exception>
    public static (int Id, int Input, int Output, int Error) Start(ChildStart start)
    {
        if (!Directory.Exists(start.WorkingDirectory))
            throw new CommandFailedException($"The command's working directory \"{start.WorkingDirectory}\" does not exist.");

        int* input = stackalloc int[] { -1, -1 }, output = stackalloc int[] { -1, -1 }, error = stackalloc int[] { -1, -1 };
        using var arguments = new NativeStrings(start.Arguments);
        using var environment = new NativeStrings([.. start.Environment.Select(pair => $"{pair.Key}={pair.Value}")]);
        using var paths = new NativeStrings([start.Program, start.WorkingDirectory, "/dev/null"]);
        var started = false;
        try
        {
            if (start.TakesInput)
                Open(input);
            if (start.GivesOutput)
            {
                Open(output);
                Open(error);
            }

            var id = Spawn(paths.Pointers, arguments.Pointers, environment.Pointers, input[0], output[1], error[1], out var problem);
            started = problem == 0;
            if (!started)
                throw Failure(start, problem);
            foreach (var ours in stackalloc[] { input[1], output[0], error[0] })
            {
                if (ours >= 0)
                    _ = Libc.Control(ours, Libc.SetFlags, Libc.NonBlocking);
            }

            return (id, input[1], output[0], error[0]);
        }
        finally
        {
            Close(input[0]);
            Close(output[1]);
            Close(error[1]);
            if (!started)
            {
                Close(input[1]);
                Close(output[0]);
                Close(error[0]);
            }
        }
    }

    private static int Spawn(byte** paths, byte** arguments, byte** environment, int input, int output, int error, out int problem)
    {
        byte* actions = stackalloc byte[Libc.OpaqueBytes], attributes = stackalloc byte[Libc.OpaqueBytes],
            signals = stackalloc byte[Libc.OpaqueBytes];
        Check(Libc.ActionsInit(actions));
        Check(Libc.AttributesInit(attributes));
        try
        {
            Check(Libc.ActionsChangeFolder(actions, paths[1]));
            Check(input >= 0 ? Libc.ActionsDuplicate(actions, input, 0) : Libc.ActionsOpen(actions, 0, paths[2], ReadOnly, 0));
            Check(output >= 0 ? Libc.ActionsDuplicate(actions, output, 1) : Libc.ActionsOpen(actions, 1, paths[2], WriteOnly, 0));
            Check(error >= 0 ? Libc.ActionsDuplicate(actions, error, 2) : Libc.ActionsOpen(actions, 2, paths[2], WriteOnly, 0));
            Check(Libc.NoSignals(signals));
            Check(Libc.AttributesSetMask(attributes, signals));
            Check(Libc.AllSignals(signals));
            Check(Libc.AttributesSetDefault(attributes, signals));
            Check(Libc.AttributesSetFlags(attributes, Libc.SetSession | Libc.SetSignalMask | Libc.SetSignalDefault));
            int id;
            problem = Libc.Spawn(&id, paths[0], actions, attributes, arguments, environment);
            return id;
        }
        finally
        {
            _ = Libc.ActionsDestroy(actions);
            _ = Libc.AttributesDestroy(attributes);
        }
    }

    private static void Open(int* ends)
    {
        if (Libc.Pipe(ends, Libc.CloseOnExec) != 0)
        {
            var problem = Marshal.GetLastPInvokeError();
            throw new TransientFailureException(
                $"No pipe could be opened for the command: {Marshal.GetPInvokeErrorMessage(problem)}.", new Win32Exception(problem));
        }
    }

    private static void Close(int end)
    {
        if (end >= 0)
            _ = Libc.Close(end);
    }

    private static void Check(int problem)
    {
        if (problem != 0)
            throw new TransientFailureException($"The command could not be prepared: {Marshal.GetPInvokeErrorMessage(problem)}.");
    }

    private static Exception Failure(ChildStart start, int problem) => problem switch
    {
        Libc.TryAgain or Libc.NoMemory or Libc.TooManyFiles or Libc.TooManyFilesOfAll => new TransientFailureException(
            $"The system has no room for another process: {Marshal.GetPInvokeErrorMessage(problem)}.", new Win32Exception(problem)),
        Libc.TooLong => new CommandFailedException(
            "The command's arguments and environment are longer than the system allows; pass large values by a file."),
        Libc.NotExecutable => new CommandFailedException(
            $"The program \"{start.Program}\" is no executable file; a script needs a first line such as #!/bin/sh, or its interpreter "
            + "before it in the command."),
        Libc.NoEntry => new CommandFailedException(
            $"The program \"{start.Program}\" does not exist, or the interpreter that its first line names does not."),
        _ => new CommandFailedException(
            $"The program \"{start.Program}\" could not be started: {Marshal.GetPInvokeErrorMessage(problem)}."),
    };
}
