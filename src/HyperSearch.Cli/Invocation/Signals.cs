using System.Runtime.InteropServices;

namespace HyperSearch.Cli.Invocation;

/// <summary>Answers Ctrl-C, SIGTERM and SIGHUP from the first moment of the process: it says a word and ends, and never in the middle of
/// making something. While there is work that can stop in an orderly way, <see cref="Execution.Interruption"/> answers instead.</summary>
internal static class Signals
{
    private static readonly Lock Gate = new();
    private static readonly List<PosixSignalRegistration> Registrations = [];
    private static string _word = "Interrupted.";
    private static int _takenOver;
    private static bool _heldBack;
    private static bool _came;

    /// <summary>Whether a signal came while something was made; whoever takes over then stops at once.</summary>
    public static bool Came
    {
        get
        {
            lock (Gate)
                return _came;
        }
    }

    /// <summary>Starts to listen.</summary>
    /// <param name="arguments">The command line, which tells what an interruption leaves.</param>
    public static void Listen(string[] arguments)
    {
        if (arguments is ["run" or "resume", ..])
            _word = "Interrupted before the campaign began to run; nothing was changed.";
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        foreach (var signal in signals)
            Registrations.Add(PosixSignalRegistration.Create(signal, Receive));
    }

    /// <summary>Holds signals back while something is made, until somebody takes over.</summary>
    public static void HoldBack()
    {
        lock (Gate)
            _heldBack = true;
    }

    /// <summary>Says what an interruption leaves from here on.</summary>
    /// <param name="word">A line for people.</param>
    public static void Say(string word)
    {
        lock (Gate)
            _word = word;
    }

    /// <summary>Leaves signals to another listener until that is disposed.</summary>
    public static IDisposable TakeOver() => new Listener();

    private static void Receive(PosixSignalContext signal)
    {
        lock (Gate)
        {
            if (_takenOver > 0)
                return;
            if (_heldBack)
            {
                _came = signal.Cancel = true;
                return;
            }

            try
            {
                Console.Error.WriteLine(_word); // what the system does then ends the process, with 128 and the signal's number
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // its terminal was closed, which is what a SIGHUP tells
            }
        }
    }

    private sealed class Listener : IDisposable
    {
        public Listener()
        {
            lock (Gate)
                (_takenOver, _heldBack, _word) = (_takenOver + 1, false, "Interrupted.");
        }

        public void Dispose()
        {
            lock (Gate)
                _takenOver--;
        }
    }
}
