using HyperSearch.Numerics;
using HyperSearch.Training.Data;
using HyperSearch.Training.Graph;
using HyperSearch.Training.Kernels;
using HyperSearch.Training.Layers;
using HyperSearch.Training.Optimizers;

namespace HyperSearch.Training.Tests;

/// <summary>After Dispose every use is an exception. Each of these once read or wrote memory that was gone, which ends a process.</summary>
public sealed unsafe class DisposalTests
{
    private static readonly Dictionary<string, Action<Trainer, Dataset>> OfTrainer = new()
    {
        ["TrainEpoch"] = (trainer, _) => trainer.TrainEpoch(TestContext.Current.CancellationToken),
        ["Evaluate"] = (trainer, data) => trainer.Evaluate(data.Dev),
        ["Evaluate both"] = (trainer, _) => trainer.Evaluate(),
        ["Predict"] = (trainer, data) => trainer.Predict(data.Dev.Features),
        ["Save"] = (trainer, _) => trainer.Save(Path.Combine(Path.GetTempPath(), "hypersearch-never-written")),
        ["Restore"] = (trainer, _) => trainer.FromBytes([], "no file"),
        ["ToModel"] = (trainer, _) => trainer.ToModel(),
        ["Confusion"] = (trainer, data) => trainer.Confusion(data.Dev),
        ["ReturnToBest"] = (trainer, _) => trainer.ReturnToBest(),
        ["RunEpoch"] = (trainer, _) => trainer.RunEpoch(0.1, TestContext.Current.CancellationToken),
    };

    private static readonly Dictionary<string, Action<ComputationGraph, Tensor>> OfGraph = new()
    {
        ["Variable"] = (graph, _) => graph.Variable(1),
        ["Placeholder"] = (graph, _) => graph.Placeholder(2, 2),
        ["Constant"] = (graph, _) => graph.Constant(1),
        ["Dense"] = (graph, w) => graph.Dense(w, 2, Activation.Tanh, RandomStream.For(1, 0, "dense")),
        ["Minimize"] = (graph, w) => graph.Minimize(w, 0.1),
        ["operator"] = (_, w) => (w * w + 2 * w).Sum(),
        ["function"] = (_, w) => w.Exp(),
        ["matrix product"] = (_, w) => w.Times(w),
        ["element"] = (_, w) => w[0, 0].Sum(),
        ["Sum"] = (_, w) => w.Sum(),
        ["Scalar"] = (_, w) => Assert.Equal(1, w.Scalar),
        ["At"] = (_, w) => w.At(0, 0),
        ["Feed"] = (_, w) => w.Feed(3),
    };

    public static TheoryData<string> TrainerUses() => [.. OfTrainer.Keys];

    public static TheoryData<string> GraphUses() => [.. OfGraph.Keys];

    [Theory]
    [MemberData(nameof(TrainerUses))]
    public void Trainer_AfterDisposeThrows(string use)
    {
        using var data = Synthetic.Data("classes", rows: 60, inputs: 8);
        var trainer = new Trainer(data, Synthetic.Options("layers=16 batch_norm=true keep_prob=0.8 patience=2"), seed: 1);
        trainer.Epochs(1);
        trainer.Dispose();
        trainer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => OfTrainer[use](trainer, data));
        Assert.Equal(0, trainer.Bytes);
    }

    [Theory]
    [MemberData(nameof(GraphUses))]
    public void Graph_AfterDisposeThrows(string use)
    {
        var graph = new ComputationGraph();
        var w = graph.Variable(1);
        graph.Dispose();
        graph.Dispose();
        Assert.Throws<ObjectDisposedException>(() => OfGraph[use](graph, w));
    }

    [Fact]
    public void Step_AfterDisposeThrows()
    {
        var graph = new ComputationGraph();
        var w = graph.Variable(1);
        var training = graph.Minimize(w * w, 0.1);
        graph.Dispose();
        Assert.Throws<ObjectDisposedException>(() => training.Step());
    }

    [Fact]
    public void TrainEpoch_AfterTheDataAreDisposedThrows()
    {
        var data = Synthetic.Data("classes", rows: 60, inputs: 8);
        using var trainer = new Trainer(data, Synthetic.Options("layers=16"), seed: 1);
        data.Dispose();
        Assert.Throws<ObjectDisposedException>(() => trainer.TrainEpoch(TestContext.Current.CancellationToken));
        Assert.Throws<ObjectDisposedException>(() => trainer.Evaluate(data.Dev));
        Assert.Throws<ObjectDisposedException>(() => trainer.Predict(data.Dev.Features));
    }

    /// <summary>
    /// The memory stays until the thread that is in it has left; before, this ended the process. Pieces of more than 32 MiB go back to the
    /// system at once, so that a use of freed memory cannot stay unseen.
    /// </summary>
    [Theory]
    [InlineData("trainer")]
    [InlineData("data")]
    [InlineData("graph")]
    public void Dispose_WhileAnotherThreadTrainsEndsItByAnException(string disposed)
    {
        using var data = Synthetic.Data("classes", rows: 400, inputs: 40);
        using var trainer = new Trainer(data, Synthetic.Options("layers=3000-3000 batch_size=16"), seed: 1);
        using var graph = new ComputationGraph();
        var weights = graph.Variable(3000, 3000);
        var minimizer = graph.Minimize((weights * weights).Sum(), 0.1);
        Exception? seen = null;
        var thread = new Thread(() =>
        {
            try
            {
                while (true)
                {
                    if (disposed == "graph")
                        minimizer.Step();
                    else
                        trainer.TrainEpoch(CancellationToken.None);
                }
            }
            catch (Exception error)
            {
                seen = error;
            }
        });
        thread.Start();
        Assert.True(SpinWait.SpinUntil(() => disposed switch
        {
            "graph" => graph.Arena.Uses.IsInUse,
            "data" => data.Train.Features.IsInUse,
            _ => trainer.IsInUse,
        }, TimeSpan.FromSeconds(30)), "The thread does not begin.");
        IDisposable victim = disposed == "graph" ? graph : disposed == "data" ? data : trainer;
        victim.Dispose();
        Assert.True(thread.Join(TimeSpan.FromSeconds(30)), "The thread goes on.");
        Assert.IsType<ObjectDisposedException>(seen);
        Assert.Equal(0, disposed == "graph" ? graph.Bytes : disposed == "trainer" ? trainer.Bytes : 0);
    }

    [Fact]
    public void Memory_IsFreedWhenItsLastUseEnds()
    {
        var arena = new Arena();
        arena.Take<float>(100);
        using (arena.Uses.Begin(arena))
        {
            using (arena.Uses.Begin(arena))
                arena.Dispose();
            Assert.NotEqual(0, arena.Bytes);
            Assert.Throws<ObjectDisposedException>(() => arena.Uses.Begin(arena).Dispose());
            Assert.NotEqual(0, arena.Bytes);
        }

        Assert.Equal(0, arena.Bytes);
        arena.Dispose();
    }

    [Fact]
    public void Evaluate_RefusesRowsOfAnotherWidth()
    {
        using var data = Synthetic.Data("classes", rows: 60, inputs: 40);
        using var narrow = Synthetic.Data("classes", rows: 60, inputs: 8);
        using var trainer = new Trainer(data, Synthetic.Options("layers=16"), seed: 1);
        var refused = Assert.Throws<ArgumentException>(() => trainer.Evaluate(narrow.Dev));
        Assert.Contains("takes 40 inputs; these rows have 8", refused.Message, StringComparison.Ordinal);
    }
}
