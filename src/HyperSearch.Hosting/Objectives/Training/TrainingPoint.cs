using System.Collections.Immutable;
using HyperSearch.Planning;
using HyperSearch.Spaces;
using HyperSearch.Training;
using HyperSearch.Training.Data;

namespace HyperSearch.Hosting.Objectives.Training;

/// <summary>A configuration as the built-in trainer takes it.</summary>
internal static class TrainingPoint
{
    /// <summary>The trainer's options of a configuration.</summary>
    /// <param name="point">The configuration.</param>
    /// <param name="epochs">The full budget, which learning-rate decays need to know.</param>
    public static TrainerOptions OptionsOf(Point point, int epochs)
    {
        var values = point.ToDictionary(pair => pair.Key, pair => pair.Value.Boxed, StringComparer.Ordinal);
        values["epochs"] = (double)epochs;
        return TrainerOptions.From(values);
    }

    /// <summary>A trial's training once more, up to an epoch, its ancestors' stretches among it.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="epochs">Epochs in all.</param>
    /// <param name="seed">The seed of its networks.</param>
    public static Job Again(Trial trial, int epochs, ulong seed)
    {
        ImmutableArray<Stretch> past = [.. trial.Past.TakeWhile(stretch => stretch.ToEpochs < epochs)];
        var point = past.Length < trial.Past.Length ? trial.Past[past.Length].Point : trial.Point;
        var from = past.IsEmpty ? 0 : past[^1].ToEpochs;
        return new Job(0, trial.Number, point, trial.Origin, from, epochs, null, seed) { Past = past };
    }

    /// <summary>How many weights and biases the network has; known without training it.</summary>
    public static double ParametersOf(Dataset data, TrainerOptions options)
    {
        var sizes = options.HiddenSizes.Prepend(data.Inputs).Append(data.Outputs).ToArray();
        return sizes.Zip(sizes.Skip(1), (inputs, units) => (inputs + 1.0) * units).Sum();
    }
}
