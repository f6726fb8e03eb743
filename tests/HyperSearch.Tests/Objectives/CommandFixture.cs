using System.Collections.Immutable;
using System.Globalization;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Commands;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Objectives;

/// <summary>A folder for one test's scripts and files, and the objectives made there; all gone at the end.</summary>
public abstract class CommandFixture : IDisposable
{
    private readonly List<CommandObjective> _objectives = [];

    private readonly CancellationTokenSource _hung = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    protected CommandFixture()
    {
        Folder = Directory.CreateTempSubdirectory("hypersearch-command-").FullName;
        _hung.CancelAfter(TimeSpan.FromSeconds(60));
    }

    protected string Folder { get; }

    /// <summary>Ends the jobs of a test that hangs.</summary>
    protected CancellationToken Cancelled => _hung.Token;

    public void Dispose()
    {
        foreach (var objective in _objectives)
            objective.Dispose();
        Directory.Delete(Folder, recursive: true);
        _hung.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>An objective that runs a shell script.</summary>
    internal CommandObjective Shell(string script, string[]? arguments = null, Func<CommandDefinition, CommandDefinition>? change = null,
        params string[] parameters)
    {
        var path = Write("script.sh", script);
        return Command(["sh", path, .. arguments ?? []], change, parameters);
    }

    internal CommandObjective Command(string[] arguments, Func<CommandDefinition, CommandDefinition>? change = null,
        params string[] parameters)
    {
        var definition = new CommandDefinition([.. arguments], Folder) { Grace = TimeSpan.FromMilliseconds(300) };
        var objective = new CommandObjective(change is null ? definition : change(definition), SpaceOf(parameters));
        _objectives.Add(objective);
        return objective;
    }

    internal static Space SpaceOf(params string[] parameters) =>
        new(parameters.Select(name => new Parameter(name, new UniformScale(0, 1))));

    internal string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text.ReplaceLineEndings("\n"));
        return path;
    }

    internal void WriteProgram(string name, string text)
    {
        var path = Write(name, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    internal FakeJob Job(int trial = 7, int from = 0, int to = 3, params (string Name, ParameterValue Value)[] point) =>
        new(Folder, trial, from, to, point);

    internal string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));

    internal int ReadNumber(string name) => int.Parse(Read(name), CultureInfo.InvariantCulture);

    /// <summary>Whether a process lives; a zombie does not.</summary>
    internal static bool Lives(int process)
    {
        try
        {
            var status = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            return status[(status.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Waits for something that another process does.</summary>
    internal static void Await(Func<bool> condition) =>
        Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(10)), "It did not happen within ten seconds.");

    /// <summary>A file of <c>/proc</c>; empty when what it speaks of has just ended.</summary>
    internal static string ReadOrNothing(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }

    internal static ImmutableArray<int> ChildrenOfThisProcess() =>
        [.. Directory.EnumerateDirectories("/proc/self/task")
            .SelectMany(thread => ReadOrNothing(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
}
