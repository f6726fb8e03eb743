using HyperSearch.Numerics;
using HyperSearch.Training.Layers;
using HyperSearch.Training.Optimizers;

namespace HyperSearch.Training.Graph;

/// <content>What a user writes a cost with. All of it must be written before <see cref="Minimize"/>.</content>
public sealed unsafe partial class ComputationGraph
{
    /// <summary>A number to learn.</summary>
    /// <param name="value">Where it starts.</param>
    public Tensor Variable(double value) => Variable(1, 1, value);

    /// <summary>A matrix to learn.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="values">Where it starts, row by row; nothing starts it at zero.</param>
    public Tensor Variable(int rows, int columns, params ReadOnlySpan<double> values)
    {
        var tensor = NewTensor(rows, columns, followsBatch: false, needsGradient: true);
        var parameter = new Parameter($"variable{_parameters.Count + 1}", rows, columns, isWeight: false, tensor.Stride) { Values = tensor.Value };
        _parameters.Add(parameter);
        Add(Kernels.Variable(tensor, parameter));
        if (!values.IsEmpty)
            tensor.Feed(values);
        return tensor;
    }

    /// <summary>A matrix that is fed before each run.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    public Tensor Placeholder(int rows, int columns)
    {
        var tensor = NewTensor(rows, columns, followsBatch: false, needsGradient: false);
        Add(Kernels.Input(tensor));
        return tensor;
    }

    /// <summary>A number that stays.</summary>
    /// <param name="value">The number.</param>
    public Tensor Constant(double value)
    {
        var tensor = Placeholder(1, 1);
        tensor.Feed(value);
        return tensor;
    }

    /// <summary>A fully connected layer g(x·W + b) with new weights of variance 2/n (relu) or 1/n (others).</summary>
    /// <param name="x">Inputs, [rows, n].</param>
    /// <param name="units">Columns of the result.</param>
    /// <param name="activation">g.</param>
    /// <param name="random">Draws the weights.</param>
    public Tensor Dense(Tensor x, int units, Activation activation, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(random);
        var y = Dense($"dense{_parameters.Count + 1}", x, units, withBias: true, activation, leakySlope: 0.01, keepProb: 1);
        var weights = _parameters[^2];
        var deviation = Math.Sqrt((activation is Activation.Relu or Activation.LeakyRelu ? 2.0 : 1.0) / weights.Rows);
        for (var i = 0; i < weights.Rows; i++)
        {
            for (var j = 0; j < weights.Columns; j++)
                Kernels.Write(weights.Values, weights.At(i, j), deviation * random.NextNormal());
        }
        return y;
    }

    /// <summary>Ends building: <see cref="Minimizer.Step"/> will move every variable downhill on <paramref name="cost"/>.</summary>
    /// <param name="cost">A [1, 1] tensor of this graph.</param>
    /// <param name="learningRate">α.</param>
    /// <param name="optimizer">How variables follow their gradients; its other hyperparameters have the trainer's defaults.</param>
    /// <exception cref="ArgumentException"><paramref name="cost"/> is not one number of this graph.</exception>
    /// <exception cref="InvalidOperationException">Building has ended before.</exception>
    public Minimizer Minimize(Tensor cost, double learningRate, OptimizerKind optimizer = OptimizerKind.GradientDescent)
    {
        EndWith(cost, Kernels.Updates(new OptimizerSettings { Kind = optimizer }));
        return new Minimizer(this, cost, learningRate);
    }

    /// <summary>Ends building with one cost and one place for gradients.</summary>
    internal void EndWith(Tensor cost, GradientSink sink)
    {
        ArgumentNullException.ThrowIfNull(cost);
        if (cost.Graph != this || cost.Rows != 1 || cost.Columns != 1 || !cost.NeedsGradient)
            throw new ArgumentException("A cost is one number of this graph that depends on a variable.", nameof(cost));
        if (_sink is not null)
            throw new InvalidOperationException("This graph is minimized already; build another for another cost.");
        Finish(sink);
    }

    internal Tensor Elementwise(Function function, Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(b);
        int rows = Math.Max(a.Rows, b.Rows), columns = Math.Max(a.Columns, b.Columns);
        if (b.Graph != this || (a.Rows != rows && a.Rows != 1) || (b.Rows != rows && b.Rows != 1) || (a.Columns != columns && a.Columns != 1) || (b.Columns != columns && b.Columns != 1))
            throw new ArgumentException($"Shapes [{a.Rows}, {a.Columns}] and [{b.Rows}, {b.Columns}] do not match; they must be equal, or 1 where they differ, and of one graph.", nameof(b));
        var y = NewTensor(rows, columns, a.FollowsBatch || b.FollowsBatch, a.NeedsGradient || b.NeedsGradient);
        if (ReferenceEquals(a, b))
            Add(Kernels.Elementwise(function, a, b, y), a);
        else
            Add(Kernels.Elementwise(function, a, b, y), a, b);
        return y;
    }

    internal Tensor MatrixProduct(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(b);
        if (b.Graph != this || a.Columns != b.Rows)
            throw new ArgumentException($"[{a.Rows}, {a.Columns}] times [{b.Rows}, {b.Columns}] is no product; the first's columns must be the second's rows.", nameof(b));
        var y = NewTensor(a.Rows, b.Columns, a.FollowsBatch, a.NeedsGradient || b.NeedsGradient);
        Add(Kernels.MatrixProduct(a, b, y, Arena), a, b);
        return y;
    }

    internal Tensor Reduce(Tensor x, bool mean)
    {
        var y = NewTensor(1, 1, followsBatch: false, x.NeedsGradient);
        Add(Kernels.Reduce(x, mean, y), x);
        return y;
    }

    internal Tensor Element(Tensor x, int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)x.Rows, nameof(row));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)x.Columns, nameof(column));
        var y = NewTensor(1, 1, followsBatch: false, x.NeedsGradient);
        Add(Kernels.Element(x, row, column, y), x);
        return y;
    }
}
