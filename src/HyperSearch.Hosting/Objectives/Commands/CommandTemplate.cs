using System.Collections.Immutable;
using System.Globalization;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>The argument list of a command, ready to be filled for any job.</summary>
/// <remarks>
/// A name in braces is a parameter; where the space has no parameter of that name, <c>{trial}</c>, <c>{epochs}</c> (to reach in all),
/// <c>{seed}</c>, <c>{checkpoint_dir}</c> and <c>{worker}</c> (its number, from 0) are the job's. A process that serves many jobs
/// (<c>protocol: worker</c>) knows only <c>{worker}</c>.
/// An argument whose parameter is inactive is left out; when it is <c>{name}</c> alone, so is the flag before it: <c>--eps {eps}</c> goes
/// as a pair.
/// </remarks>
internal sealed class CommandTemplate
{
    private static readonly string[] JobNames = ["trial", "epochs", "seed", "checkpoint_dir", Worker];
    private const string Worker = "worker";
    private readonly ImmutableArray<ArgumentTemplate> _arguments;
    private readonly ImmutableArray<(string Name, ArgumentTemplate Value)> _variables;
    private readonly ImmutableHashSet<string> _parameters;

    private CommandTemplate(CommandDefinition definition, Space space)
    {
        _arguments = [.. definition.Arguments.Select(ArgumentTemplate.Parse)];
        _variables = [.. definition.Environment.Select(variable => (variable.Key, ArgumentTemplate.ParseVariable(variable.Value)))];
        _parameters = [.. space.Parameters.Select(parameter => parameter.Name)];
    }

    /// <summary>Reads the arguments of a definition.</summary>
    /// <param name="definition">The command.</param>
    /// <param name="space">The space to search.</param>
    /// <exception cref="ArgumentException">The list is empty, a brace stands alone, a name is unknown, or a worker's argument has a name in
    /// it.</exception>
    public static CommandTemplate Of(CommandDefinition definition, Space space)
    {
        if (Problems(definition, space) is [var problem, ..])
            throw new ArgumentException(problem, nameof(definition));
        return new CommandTemplate(definition, space);
    }

    /// <summary>Everything that is wrong with a command's arguments, in sentences for people; empty when nothing is.</summary>
    public static ImmutableArray<string> Problems(CommandDefinition definition, Space space)
    {
        if (definition.Arguments.IsDefaultOrEmpty)
            return ["A command needs at least a program."];
        var problems = ImmutableArray.CreateBuilder<string>();
        foreach (var argument in definition.Arguments)
        {
            try
            {
                foreach (var name in ArgumentTemplate.Parse(argument).Names)
                {
                    if (Problem($"The argument \"{argument}\"", name) is { } problem)
                        problems.Add($"{problem} A brace is written twice to be itself.");
                }
            }
            catch (FormatException wrong)
            {
                problems.Add(wrong.Message);
            }
        }

        foreach (var (variable, value) in definition.Environment)
        {
            foreach (var name in ArgumentTemplate.ParseVariable(value).Names)
            {
                if (Problem($"The variable {variable}", name) is { } problem)
                    problems.Add($"{problem} {{{{{name}}}}} stands for {{{name}}} itself.");
            }
        }

        return problems.ToImmutable();

        string? Problem(string what, string name)
        {
            var parameters = space.Parameters.Select(parameter => parameter.Name);
            if (definition.KeepAlive)
            {
                return name == Worker ? null
                    : $"{what} has {{{name}}} in it, but a worker is started once and gets its values in requests. It may name {{worker}}.";
            }

            if (JobNames.Contains(name) || parameters.Contains(name))
                return null;
            var known = string.Join(", ", parameters.Concat(JobNames).Distinct().Order(StringComparer.Ordinal));
            return $"{what} names \"{name}\", which is no parameter of the space.{Nearest.Hint(name, parameters)} Known: {known}.";
        }
    }

    /// <summary>The arguments for a job, the program first.</summary>
    /// <exception cref="CommandFailedException">The program is a parameter that this trial does not have.</exception>
    public ImmutableArray<string> Fill(Job job, string checkpointFolder, int worker = 0)
    {
        var filled = ImmutableArray.CreateBuilder<string>(_arguments.Length);
        for (var i = 0; i < _arguments.Length; i++)
        {
            if (_arguments[i].Fill(name => ValueOf(name, job, checkpointFolder, worker)) is { } argument)
                filled.Add(argument);
            else if (i == 0)
                throw new CommandFailedException("The command's program is an inactive parameter of this trial.");
            else if (i > 1 && _arguments[i].IsBare && _arguments[i - 1].IsFlag)
                filled.RemoveAt(filled.Count - 1);
        }

        return filled.ToImmutable();
    }

    /// <summary>The variables for a job; one whose parameter is inactive is left out.</summary>
    public Dictionary<string, string> FillVariables(Job job, string checkpointFolder, int worker) =>
        FillVariables(name => ValueOf(name, job, checkpointFolder, worker));

    /// <summary>The arguments of a process that serves many jobs.</summary>
    public ImmutableArray<string> FillForWorker(int worker) => [.. _arguments.Select(argument => argument.Fill(_ => Text(worker))!)];

    /// <summary>The variables of a process that serves many jobs.</summary>
    public Dictionary<string, string> FillVariablesForWorker(int worker) => FillVariables(_ => Text(worker));

    private Dictionary<string, string> FillVariables(Func<string, string?> valueOf)
    {
        var filled = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, template) in _variables)
        {
            if (template.Fill(valueOf) is { } value)
                filled[name] = value;
        }

        return filled;
    }

    private string? ValueOf(string name, Job job, string checkpointFolder, int worker) =>
        job.Point.TryGetValue(name, out var value) ? value.ToString() : _parameters.Contains(name) ? null : name switch
        {
            "trial" => Text(job.Trial),
            "epochs" => Text(job.ToEpochs),
            "seed" => Text(SeedOf(job)),
            "checkpoint_dir" => checkpointFolder,
            Worker => Text(worker),
            _ => null,
        };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The trial's seed for a program: from 0 to 2³¹ − 1, so that the generators of all languages take it.</summary>
    public static int SeedOf(Job job) => (int)((job.Seed ^ (job.Seed >> 32)) & int.MaxValue);
}
