using HyperSearch.Numerics;
using HyperSearch.Training.Data;
using HyperSearch.Training.Graph;
using HyperSearch.Training.Kernels;
using HyperSearch.Training.Networks;

namespace HyperSearch.Training.Diagnostics;

/// <summary>
/// Compares the gradients that training uses with finite differences of the cost, in double precision, by the same kernels.
/// </summary>
/// <remarks>
/// For each parameter θ of a group (a sample of large groups): numeric = (J(θ + ε) − J(θ − ε))/2ε, ε = 10⁻⁶ (at the course's 10⁻⁷ the
/// rounding of J itself would show).
/// The group's relative difference is ‖numeric − analytic‖/(‖numeric‖ + ‖analytic‖). J holds the class weights and the l2 and l1 terms;
/// dropout's masks are held fixed. Course 2, week 1.
/// </remarks>
public static unsafe class GradientCheck
{
    private const double Epsilon = 1e-6;
    private const int MostRows = 32, MostPerGroup = 60;

    /// <summary>Checks the network that the options describe, with new weights, on a mini-batch of training rows.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="options">The hyperparameters.</param>
    /// <param name="seed">Chooses weights, rows and the parameters looked at.</param>
    /// <returns>One finding per parameter group, first layer first.</returns>
    public static IReadOnlyList<GradientFinding> Run(Dataset data, TrainerOptions options, ulong seed) =>
        Run(data, options, seed, NetworkParts.None);

    /// <summary>Checks a network with layers or a loss that code writes.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="options">The hyperparameters.</param>
    /// <param name="seed">Chooses weights, rows and the parameters looked at.</param>
    /// <param name="parts">The parts that code writes.</param>
    /// <returns>One finding per parameter group, first layer first.</returns>
    public static IReadOnlyList<GradientFinding> Run(Dataset data, TrainerOptions options, ulong seed, NetworkParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        using var network = new Network(options.DesignFor(data) with { Parts = parts }, seed, Precision.Bits64, storeGradients: true);
        var random = RandomStream.For(seed, 0, "gradient check");
        // Biases and β start at 0 and γ at 1, where errors can hide: move them first.
        foreach (var parameter in network.Graph.Parameters)
        {
            for (var j = 0; !parameter.IsWeight && j < parameter.Columns; j++)
                Add(network, parameter, j, 0.1 * random.NextNormal());
        }
        var rows = Enumerable.Range(0, data.Train.Rows).ToArray();
        random.Shuffle(rows.AsSpan());
        rows = rows[..Math.Min(Math.Min(MostRows, network.Rows), rows.Length)];

        var classWeights = ClassBalance.Weights(data, options.ClassWeights);
        double DataCost() => Cost(network, data, rows, classWeights, seed);
        DataCost();
        network.Graph.Backward(rows.Length, learningRate: 0, step: 1);
        return [.. network.Graph.Parameters.Select(parameter => Check(network, parameter, DataCost, random))];
    }

    private static GradientFinding Check(Network network, TrainedParameter parameter, Func<double> dataCost, RandomStream random)
    {
        var places = Enumerable.Range(0, parameter.Rows * parameter.Columns).ToArray();
        random.Shuffle(places.AsSpan());
        var sample = places[..Math.Min(MostPerGroup, places.Length)];
        double difference = 0, numericNorm = 0, analyticNorm = 0;
        foreach (var place in sample)
        {
            var at = parameter.At(place / parameter.Columns, place % parameter.Columns);
            var analytic = network.Graph.Lane.Read(parameter.Gradient, at);
            var kept = network.Graph.Lane.Read(parameter.Values, at);
            Add(network, parameter, at, Epsilon);
            var above = dataCost() + Penalty(kept + Epsilon);
            network.Graph.Lane.Write(parameter.Values, at, kept - Epsilon);
            var below = dataCost() + Penalty(kept - Epsilon);
            network.Graph.Lane.Write(parameter.Values, at, kept);
            var numeric = (above - below) / (2 * Epsilon);
            difference += (numeric - analytic) * (numeric - analytic);
            numericNorm += numeric * numeric;
            analyticNorm += analytic * analytic;
        }
        var scale = Math.Sqrt(numericNorm) + Math.Sqrt(analyticNorm);
        return new(parameter.Name, places.Length, sample.Length, scale < 1e-12 ? 0 : Math.Sqrt(difference) / scale);

        // Of the penalties only this parameter's own term changes.
        double Penalty(double w) => parameter.IsWeight ? 0.5 * network.Settings.L2 * w * w + network.Settings.L1 * Math.Abs(w) : 0;
    }

    private static double Cost(Network network, Dataset data, int[] rows, double[] classWeights, ulong seed)
    {
        network.SeedDropout(seed, 0);
        network.Gather(data.Train, rows, classWeights);
        network.Forward(rows.Length);
        double cost = 0;
        for (var i = 0; i < rows.Length; i++)
            cost += network.Graph.Lane.Read(network.Loss.Weights, i) * network.Graph.Lane.Read(network.Loss.Output.Value, i);
        return cost / rows.Length;
    }

    private static void Add(Network network, TrainedParameter parameter, nint at, double change) =>
        network.Graph.Lane.Write(parameter.Values, at, network.Graph.Lane.Read(parameter.Values, at) + change);
}
