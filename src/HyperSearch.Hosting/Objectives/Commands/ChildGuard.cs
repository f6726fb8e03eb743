using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>
/// A tiny shell process that outlives us by a moment: when we die without a word, as by SIGKILL, it kills the process groups that we had
/// started, and the processes that have left them.
/// </summary>
/// <remarks>
/// It reads <c>+ id mark</c> and <c>- id</c> from a pipe; the pipe's end is our end. The kernel's parent-death signal would not do: it
/// cannot be set from here, and it fires when the starting <em>thread</em> ends.
/// One gap stays: a child started within the few microseconds before our death and not yet told of lives on, until it prints and gets
/// SIGPIPE. Without <c>/bin/sh</c> there is no guard, and without <c>grep</c> it finds no process that has left its group.
/// </remarks>
internal sealed class ChildGuard : IDisposable
{
    private const string Script = """
        PATH=/usr/local/bin:/usr/bin:/bin
        jobs=' '
        while read -r sign group mark; do
          case $sign in
            +) jobs="$jobs$group=$mark " ;;
            -) case $jobs in *" $group="*) rest=${jobs#*" $group="}; jobs="${jobs%%" $group="*} ${rest#* }" ;; esac ;;
          esac
        done
        for job in $jobs; do kill -KILL "-${job%%=*}"; set -- "$@" -e "HYPERSEARCH_PROCESS=${job#*=}"; done
        for round in 1 2 3; do
          for file in $(test $# = 0 || grep -lsF "$@" /proc/[0-9]*/environ); do
            file=${file#/proc/}
            kill -KILL "${file%/environ}"
          done
        done
        """;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, string> _watched = [];
    private GuardPipe? _pipe;
    private bool _absent, _disposed;

    /// <summary>The guard's process id; <c>null</c> while there is none.</summary>
    public int? Id => _pipe?.Id;

    /// <summary>Begins to watch a process group.</summary>
    /// <param name="group">Its id.</param>
    /// <param name="mark">The mark of its processes, by which those are found that have left it.</param>
    public void Watch(int group, string mark)
    {
        lock (_gate)
        {
            _watched.Add(group, mark);
            if (_pipe is not null && _pipe.Tell($"+ {Text(group)} {mark}\n"))
                return;
            Renew();
        }
    }

    /// <summary>Stops watching a process group; call it before the group's id can be given to somebody else.</summary>
    public void Forget(int group)
    {
        lock (_gate)
        {
            if (_watched.Remove(group))
                _pipe?.Tell($"- {Text(group)}\n");
        }
    }

    /// <summary>Ends the guard, and with it every group that it still watches.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _pipe?.Dispose();
            _pipe = null;
        }
    }

    private void Renew()
    {
        _pipe?.Dispose();
        _pipe = null;
        if (_absent || _disposed)
            return;
        _absent = !File.Exists("/bin/sh");
        if (_absent)
            return;
        _pipe = GuardPipe.Start(new ChildStart("/bin/sh", ["sh", "-c", Script], "/",
            ImmutableDictionary<string, string>.Empty)
        { TakesInput = true, GivesOutput = false });
        _pipe.Tell(string.Concat(_watched.Select(job => $"+ {Text(job.Key)} {job.Value}\n")));
    }

    private static string Text(int group) => group.ToString(CultureInfo.InvariantCulture);

    private sealed unsafe class GuardPipe(int id, int input) : IDisposable
    {
        public int Id => id;

        public static GuardPipe Start(ChildStart start)
        {
            var (id, input, _, _) = ChildSpawn.Start(start);
            _ = Libc.Control(input, Libc.SetFlags, 0); // blocking: a busy guard must not look like a dead one
            return new GuardPipe(id, input);
        }

        public bool Tell(string text)
        {
            var bytes = Encoding.ASCII.GetBytes(text);
            nint written;
            fixed (byte* pointer = bytes)
            {
                while ((written = Libc.Write(input, pointer, (nuint)bytes.Length)) < 0 && Marshal.GetLastPInvokeError() == Libc.Interrupted)
                {
                    // once more
                }
            }

            return written == bytes.Length;
        }

        public void Dispose()
        {
            _ = Libc.Close(input);
            int status;
            while (Libc.Wait(id, &status, 0) < 0 && Marshal.GetLastPInvokeError() == Libc.Interrupted)
            {
                // once more
            }
        }
    }
}
