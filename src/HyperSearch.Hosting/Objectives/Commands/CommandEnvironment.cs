using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>The environment in which a command runs: ours, then the search file's, then the protocol's variables about the job.</summary>
internal static class CommandEnvironment
{
    /// <summary>The program to start for one job (<c>protocol: once</c>).</summary>
    public static ChildStart For(CommandDefinition definition, CommandTemplate template, Job job, string checkpointFolder, int worker)
    {
        var environment = Common(definition, template.FillVariables(job, checkpointFolder, worker), worker);
        environment["HYPERSEARCH_TRIAL"] = job.Trial.ToString(CultureInfo.InvariantCulture);
        environment["HYPERSEARCH_PARAMS"] = ParameterText.Json(job.Point);
        environment["HYPERSEARCH_EPOCHS"] = job.ToEpochs.ToString(CultureInfo.InvariantCulture);
        environment["HYPERSEARCH_CHECKPOINT_DIR"] = checkpointFolder;
        environment["HYPERSEARCH_SEED"] = CommandTemplate.SeedOf(job).ToString(CultureInfo.InvariantCulture);
        return Start(definition, template.Fill(job, checkpointFolder, worker), environment);
    }

    /// <summary>The program to start for many jobs (<c>protocol: worker</c>).</summary>
    public static ChildStart ForWorker(CommandDefinition definition, CommandTemplate template, int worker) =>
        Start(definition, template.FillForWorker(worker),
            Common(definition, template.FillVariablesForWorker(worker), worker)) with
        { TakesInput = true };

    private static Dictionary<string, string> Common(CommandDefinition definition, Dictionary<string, string> variables, int worker)
    {
        // Python holds back its output to a pipe until 8 KiB are together, or for good if it is killed; unbuffered, each epoch
        // arrives when it ends.
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PYTHONUNBUFFERED"] = "1" };
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
            environment[(string)entry.Key] = (string)entry.Value!;
        environment.Remove("HYPERSEARCH_SECRET"); // what opens a campaign to workers is no business of the programs that they run
        if (!definition.Devices.IsEmpty)
            environment["CUDA_VISIBLE_DEVICES"] = definition.Devices[worker % definition.Devices.Length];
        foreach (var (name, value) in variables)
            environment[name] = value;
        environment["HYPERSEARCH_WORKER"] = worker.ToString(CultureInfo.InvariantCulture);
        return environment;
    }

    private static ChildStart Start(
        CommandDefinition definition, ImmutableArray<string> arguments, Dictionary<string, string> environment) => new(
        ProgramPath.Find(arguments[0], definition.WorkingDirectory, environment.GetValueOrDefault("PATH")),
        arguments,
        definition.WorkingDirectory,
        environment);
}
