using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>The environment in which a command runs: ours, then the search file's, then what the protocol says of the job.</summary>
internal static class CommandEnvironment
{
    /// <summary>The program to start for one job (<c>protocol: once</c>).</summary>
    public static ChildStart For(CommandDefinition definition, ImmutableArray<string> arguments, Job job, string checkpointFolder)
    {
        var environment = Common(definition);
        environment["HYPERSEARCH_TRIAL"] = job.Trial.ToString(CultureInfo.InvariantCulture);
        environment["HYPERSEARCH_PARAMS"] = ParameterText.Json(job.Point);
        environment["HYPERSEARCH_EPOCHS"] = job.ToEpochs.ToString(CultureInfo.InvariantCulture);
        environment["HYPERSEARCH_CHECKPOINT_DIR"] = checkpointFolder;
        environment["HYPERSEARCH_SEED"] = CommandTemplate.SeedOf(job).ToString(CultureInfo.InvariantCulture);
        return Start(definition, arguments, environment);
    }

    /// <summary>The program to start for many jobs (<c>protocol: worker</c>).</summary>
    public static ChildStart ForWorker(CommandDefinition definition, ImmutableArray<string> arguments) =>
        Start(definition, arguments, Common(definition)) with { TakesInput = true };

    private static Dictionary<string, string> Common(CommandDefinition definition)
    {
        // Python holds back what it prints into a pipe until 8 KiB are together, or for good if it is killed; unbuffered, each epoch
        // arrives when it ends.
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PYTHONUNBUFFERED"] = "1" };
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
            environment[(string)entry.Key] = (string)entry.Value!;
        foreach (var (name, value) in definition.Environment)
            environment[name] = value;
        return environment;
    }

    private static ChildStart Start(
        CommandDefinition definition, ImmutableArray<string> arguments, Dictionary<string, string> environment) => new(
        ProgramPath.Find(arguments[0], definition.WorkingDirectory, environment.GetValueOrDefault("PATH")),
        arguments,
        definition.WorkingDirectory,
        environment);
}
