namespace HyperSearch.Training.Graph;

/// <summary>A matrix in a computation graph: fed, learned, or computed by an operation.</summary>
/// <remarks>
/// Shape [<see cref="Rows"/>, <see cref="Columns"/>]. Its memory belongs to the graph and is taken when the graph is built.
/// </remarks>
public sealed unsafe partial class Tensor
{
    internal Tensor(ComputationGraph graph, int rows, int columns)
    {
        Graph = graph;
        Rows = rows;
        Columns = columns;
    }

    /// <summary>The graph it belongs to.</summary>
    public ComputationGraph Graph { get; }

    /// <summary>Rows there is room for. One that follows the mini-batch may use fewer.</summary>
    public int Rows { get; }

    /// <summary>Columns.</summary>
    public int Columns { get; }

    /// <summary>Elements from one row to the next.</summary>
    internal int Stride { get; set; }

    internal void* Value { get; set; }

    /// <summary>The cost's derivative with respect to every element; before the activation when <see cref="IsFolded"/>.</summary>
    internal void* Gradient { get; set; }

    /// <summary>Whether its rows are the rows of the mini-batch in hand.</summary>
    internal bool FollowsBatch { get; set; }

    /// <summary>Whether anything learned lies before it.</summary>
    internal bool NeedsGradient { get; set; }

    internal Operation? Producer { get; set; }

    internal List<Operation> Consumers { get; } = [];

    /// <summary>Whether its gradient is a sum over several uses, or over uses that add; then it starts at zero.</summary>
    internal bool Accumulates => Consumers.Count != 1 || !Consumers[0].OverwritesGradients;

    /// <summary>Whether its one use delivers the gradient as a product, which the producer folds with its slope on the way.</summary>
    internal bool IsFolded => Consumers.Count == 1 && Consumers[0].DeliversProducts;
}
