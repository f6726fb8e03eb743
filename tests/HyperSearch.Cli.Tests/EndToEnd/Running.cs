using System.Diagnostics;
using System.Globalization;

namespace HyperSearch.Cli.Tests.EndToEnd;

/// <summary>A process of the real program.</summary>
public sealed class Running : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);
    private readonly Process _process;
    private readonly Task<string> _output;
    // not on the thread that reads stderr
    private readonly TaskCompletionSource _noted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _notes = [];
    private string? _awaited;

    public Running(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Whether a line on stderr contains a text by now.</summary>
    public bool HasNoted(string text)
    {
        lock (_notes)
            return _notes.Exists(line => line.Contains(text, StringComparison.Ordinal));
    }

    /// <summary>Waits until a line on stderr contains a text.</summary>
    public async Task NotesAsync(string text)
    {
        lock (_notes)
        {
            _awaited = text;
            if (_notes.Exists(line => line.Contains(text, StringComparison.Ordinal)))
                _noted.TrySetResult();
        }

        await _noted.Task.WaitAsync(Longest);
    }

    /// <summary>Sends a signal, as a terminal or a service manager would.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for its end.</summary>
    public Finished Finish() => Finish(Longest);

    /// <summary>Waits for its end, as long as what it does may take.</summary>
    public Finished Finish(TimeSpan longest)
    {
        Assert.True(_process.WaitForExit(longest), "The process did not end in time.");
        _process.WaitForExit(); // and its output is read
        lock (_notes)
            return new Finished(_process.ExitCode, _output.Result, string.Join('\n', _notes));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private void Note(string? line)
    {
        if (line is null)
            return;
        lock (_notes)
        {
            _notes.Add(line);
            if (_awaited is not null && line.Contains(_awaited, StringComparison.Ordinal))
                _noted.TrySetResult();
        }
    }
}
