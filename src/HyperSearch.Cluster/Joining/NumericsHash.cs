using System.IO.Hashing;
using System.Runtime.InteropServices;
using HyperSearch.Training;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;
using HyperSearch.Training.Layers;
using HyperSearch.Training.Optimizers;

namespace HyperSearch.Cluster.Joining;

/// <summary>
/// The bits that this machine trains to: a few tiny networks, on data made of whole numbers, that use each kind of kernel. Machines with
/// the same hash give a trial the same outcome.
/// </summary>
/// <remarks>It takes some 20 ms, and what it has compiled is used by the trials after it.</remarks>
internal static class NumericsHash
{
    private const int Rows = 90;
    private const int Columns = 21;

    private static readonly TrainerOptions[] Networks =
    [
        new() { Layers = [37, 23], Activation = Activation.Relu, Optimizer = OptimizerKind.Adam, L2 = 0.5, KeepProb = 0.8, BatchSize = 32 },
        new() { Layers = [40], Activation = Activation.Tanh, Optimizer = OptimizerKind.Momentum, L1 = 0.1, BatchNorm = true },
        new() { Layers = [19, 5], Activation = Activation.Sigmoid, Optimizer = OptimizerKind.RmsProp, ClipNorm = 0.1, InputKeepProb = 0.9 },
        new() { Layers = [33], Activation = Activation.LeakyRelu, Optimizer = OptimizerKind.AdamW, BatchSize = 0 },
        new() { HiddenLayers = 0, Optimizer = OptimizerKind.Nesterov },
    ];

    /// <summary>The hash, as 32 hexadecimal digits.</summary>
    public static string Compute()
    {
        var hash = new XxHash128();
        var features = new float[Rows * Columns];
        for (var (i, state) = (0, 1u); i < features.Length; i++)
            features[i] = (int)((state = (state * 1664525) + 1013904223) >> 20) - 2048;
        var rows = Enumerable.Range(0, Rows).Select(row => row * Columns);
        int[] classes = [.. rows.Select(row => features[row] + features[row + 1] > 0 ? row % 4 : 4)];
        double[] targets = [.. rows.Select(row => (double)(features[row] - features[row + 2]))];
        using (var data = Dataset.FromClasses(features, Columns, classes, seed: 1))
            Append(hash, data, Networks);
        using (var data = Dataset.FromTargets(features, Columns, targets, seed: 1))
            Append(hash, data, Networks.AsSpan(0, 2));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private static void Append(XxHash128 hash, Dataset data, ReadOnlySpan<TrainerOptions> networks)
    {
        foreach (var options in networks)
        {
            using var trainer = new Trainer(data, options, seed: 9);
            var metrics = trainer.TrainEpoch();
            hash.Append(MemoryMarshal.AsBytes<float>(trainer.Predict(data.Test.Features)));
            hash.Append(BitConverter.GetBytes(metrics.TrainCost));
        }
    }
}
