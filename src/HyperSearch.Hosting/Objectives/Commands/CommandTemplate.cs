using System.Collections.Immutable;
using System.Globalization;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>The argument list of a command, ready to be filled for any job.</summary>
/// <remarks>
/// A name in braces is a parameter; where the space has no parameter of that name, <c>{trial}</c>, <c>{epochs}</c> (to reach in all),
/// <c>{seed}</c> and <c>{checkpoint_dir}</c> are the job's.
/// An argument whose parameter is inactive is left out; when it is <c>{name}</c> alone, so is the flag before it: <c>--eps {eps}</c> goes
/// as a pair.
/// </remarks>
internal sealed class CommandTemplate
{
    private static readonly string[] JobNames = ["trial", "epochs", "seed", "checkpoint_dir"];
    private readonly ImmutableArray<ArgumentTemplate> _arguments;
    private readonly ImmutableHashSet<string> _parameters;

    private CommandTemplate(ImmutableArray<ArgumentTemplate> arguments, Space space) =>
        (_arguments, _parameters) = (arguments, [.. space.Parameters.Select(parameter => parameter.Name)]);

    /// <summary>Reads the arguments of a definition.</summary>
    /// <param name="definition">The command.</param>
    /// <param name="space">What is searched.</param>
    /// <exception cref="ArgumentException">The list is empty, a brace stands alone, a name is unknown, or a worker's argument has a name in
    /// it.</exception>
    public static CommandTemplate Of(CommandDefinition definition, Space space)
    {
        if (Problems(definition, space) is [var problem, ..])
            throw new ArgumentException(problem, nameof(definition));
        return new CommandTemplate([.. definition.Arguments.Select(ArgumentTemplate.Parse)], space);
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
                    if (definition.KeepAlive)
                        problems.Add($"The argument \"{argument}\" has {{{name}}} in it, but a worker is started once and " +
                            "gets its values in requests.");
                    else if (!JobNames.Contains(name) && !space.Parameters.Any(parameter => parameter.Name == name))
                    {
                        string[] names = [.. space.Parameters.Select(parameter => parameter.Name)];
                        problems.Add($"The argument \"{argument}\" names \"{name}\", which is no parameter of the space." +
                            $"{Nearest.Hint(name, names)} Known: " +
                            $"{string.Join(", ", names.Concat(JobNames).Distinct().Order(StringComparer.Ordinal))}. " +
                            "A brace is written twice to be itself.");
                    }
                }
            }
            catch (FormatException wrong)
            {
                problems.Add(wrong.Message);
            }
        }

        return problems.ToImmutable();
    }

    /// <summary>The arguments for a job, the program first.</summary>
    /// <exception cref="CommandFailedException">The program is a parameter that this trial does not have.</exception>
    public ImmutableArray<string> Fill(Job job, string checkpointFolder)
    {
        var filled = ImmutableArray.CreateBuilder<string>(_arguments.Length);
        for (var i = 0; i < _arguments.Length; i++)
        {
            if (_arguments[i].Fill(ValueOf) is { } argument)
                filled.Add(argument);
            else if (i == 0)
                throw new CommandFailedException("The command's program is an inactive parameter of this trial.");
            else if (i > 1 && _arguments[i].IsBare && _arguments[i - 1].IsFlag)
                filled.RemoveAt(filled.Count - 1);
        }

        return filled.ToImmutable();

        string? ValueOf(string name) => job.Point.TryGetValue(name, out var value) ? value.ToString() : _parameters.Contains(name)
            ? null : name switch
            {
                "trial" => job.Trial.ToString(CultureInfo.InvariantCulture),
                "epochs" => job.ToEpochs.ToString(CultureInfo.InvariantCulture),
                "seed" => SeedOf(job).ToString(CultureInfo.InvariantCulture),
                "checkpoint_dir" => checkpointFolder,
                _ => null,
            };
    }

    /// <summary>The arguments of a worker, which have no names in them.</summary>
    public ImmutableArray<string> FillForWorker() => [.. _arguments.Select(argument => argument.Fill(_ => null)!)];

    /// <summary>The trial's seed for a program: from 0 to 2³¹ − 1, so that the generators of all languages take it.</summary>
    public static int SeedOf(Job job) => (int)((job.Seed ^ (job.Seed >> 32)) & int.MaxValue);
}
