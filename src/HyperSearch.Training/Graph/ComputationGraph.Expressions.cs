using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Graph;

/// <content>The values and operations that a user writes a cost with. All of it must be written before the graph is minimized.</content>
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
        var name = $"variable{_parameters.Count + 1}";
        var parameter = new TrainedParameter(name, rows, columns, isWeight: false, tensor.Stride) { Values = tensor.Value };
        _parameters.Add(parameter);
        Add(Lane.Make(new VariableRecipe(tensor, parameter)));
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
        Add(Lane.Make(new InputRecipe(tensor)));
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

    /// <summary>Ends building with one cost and one place for gradients.</summary>
    internal void EndWith(Tensor cost, GradientSink sink)
    {
        ArgumentNullException.ThrowIfNull(cost);
        using var use = Use();
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
        if (b.Graph != this || !Fits(a, rows, columns) || !Fits(b, rows, columns))
        {
            throw new ArgumentException(
                $"Shapes [{a.Rows}, {a.Columns}] and [{b.Rows}, {b.Columns}] do not match; "
                + "they must be equal, or 1 where they differ, and of one graph.",
                nameof(b));
        }
        var y = NewTensor(rows, columns, a.FollowsBatch || b.FollowsBatch, a.NeedsGradient || b.NeedsGradient);
        var operation = Lane.Make(new ElementwiseRecipe(function, a, b, y));
        if (ReferenceEquals(a, b))
            Add(operation, a);
        else
            Add(operation, a, b);
        return y;
    }

    internal Tensor MatrixProduct(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(b);
        if (b.Graph != this || a.Columns != b.Rows)
        {
            throw new ArgumentException(
                $"[{a.Rows}, {a.Columns}] times [{b.Rows}, {b.Columns}] is no product; the first's columns must be the second's rows.",
                nameof(b));
        }
        if (b.FollowsBatch)
            throw new InvalidOperationException("A product's second factor cannot be a tensor with a row for each example of "
                + "the mini-batch.");
        var y = NewTensor(a.Rows, b.Columns, a.FollowsBatch, a.NeedsGradient || b.NeedsGradient);
        Add(Lane.Make(new MatrixProductRecipe(a, b, y, Arena)), a, b);
        return y;
    }

    internal Tensor Transpose(Tensor x)
    {
        if (x.FollowsBatch)
            throw new InvalidOperationException("A tensor with a row for each example of the mini-batch cannot be transposed.");
        var y = NewTensor(x.Columns, x.Rows, followsBatch: false, x.NeedsGradient);
        Add(Lane.Make(new TransposeRecipe(x, y)), x);
        return y;
    }

    internal Tensor Reduce(Tensor x, bool mean)
    {
        var y = NewTensor(1, 1, followsBatch: false, x.NeedsGradient);
        Add(Lane.Make(new ReduceRecipe(x, mean, y)), x);
        return y;
    }

    internal Tensor Element(Tensor x, int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)x.Rows, nameof(row));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)x.Columns, nameof(column));
        var y = NewTensor(1, 1, followsBatch: false, x.NeedsGradient);
        Add(Lane.Make(new ElementRecipe(x, row, column, y)), x);
        return y;
    }

    private static bool Fits(Tensor tensor, int rows, int columns) =>
        (tensor.Rows == rows || tensor.Rows == 1) && (tensor.Columns == columns || tensor.Columns == 1);
}
