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

    /// <summary>How many weights and biases the network has; known without training it.</summary>
    public static double ParametersOf(Dataset data, TrainerOptions options)
    {
        var sizes = options.HiddenSizes.Prepend(data.Inputs).Append(data.Outputs).ToArray();
        return sizes.Zip(sizes.Skip(1), (inputs, units) => (inputs + 1.0) * units).Sum();
    }
}
