using HyperSearch.Numerics;
using HyperSearch.Training;
using HyperSearch.Training.Data;
using HyperSearch.Training.Networks;

namespace HyperSearch.Benchmarks.Speed;

/// <summary>Our trainer on a workload, on made-up rows.</summary>
internal sealed class Contestant : IDisposable
{
    private readonly Workload _workload;
    private readonly Network _network;
    private readonly Trainer _trainer;
    private readonly Dataset _data;
    private readonly int[] _sequence = [.. Enumerable.Range(0, Workload.Rows)];
    private int _first;
    private long _step;

    public Contestant(Workload workload)
    {
        _workload = workload;
        _data = Rows(workload);
        Options = new TrainerOptions
        {
            Layers = workload.Sizes[1..^1],
            BatchSize = workload.Batch,
            BatchNorm = workload.Regularized,
            KeepProb = workload.Regularized ? 0.8 : 1,
        };
        _network = new Network(Options.DesignFor(_data), seed: 1);
        _network.SeedDropout(1, 0);
        _trainer = new Trainer(_data, Options, seed: 1);
    }

    public TrainerOptions Options { get; }

    public long Bytes => _trainer.Bytes;

    public Network Network => _network;

    /// <summary>One step on the next rows in order, where they lie: what the peers' scripts do.</summary>
    public void Step()
    {
        _network.Show(_data.Train.Features, _first);
        _network.ShowTargets(_data.Train, _sequence.AsSpan(_first, _workload.Batch));
        _network.Train(_workload.Batch, 0.001, ++_step);
        _first = (_first + _workload.Batch) % Workload.Rows;
    }

    /// <summary>Copies the rows of the next mini-batch, as an epoch does with shuffled ones.</summary>
    public void Gather() => _network.Gather(_data.Train, _sequence.AsSpan(_first, _workload.Batch), default);

    /// <summary>One epoch as a search runs it: shuffled rows, gathered, with cost checks; no evaluation.</summary>
    public void Epoch() => _trainer.RunEpoch(0.001, CancellationToken.None);

    public void Dispose()
    {
        _trainer.Dispose();
        _network.Dispose();
        _data.Dispose();
    }

    private static Dataset Rows(Workload workload)
    {
        var random = RandomStream.For(1, 0, "rows");
        var inputs = workload.Sizes[0];
        var parts = new[] { Workload.Rows, 16, 16 }.Select(rows =>
        {
            var features = new FeatureMatrix(rows, inputs);
            var labels = new int[rows];
            for (var i = 0; i < rows; i++)
            {
                labels[i] = random.NextInt(workload.Sizes[^1]);
                foreach (ref var value in features.Writable(i))
                    value = (float)random.NextNormal();
            }
            return new Partition(features, labels, []);
        }).ToArray();
        var schema = new DataSchema
        {
            Task = LearningTask.MultiClass,
            Label = "class",
            Classes = [.. Enumerable.Range(0, workload.Sizes[^1]).Select(c => $"{c}")],
            Columns = [.. Enumerable.Range(0, inputs).Select(i => new InputColumn { Name = $"x{i}" })],
            Normalization = new Normalization(new float[inputs], [.. Enumerable.Repeat(1f, inputs)]),
        };
        return new Dataset(schema, parts[0], parts[1], parts[2], "speed");
    }
}
