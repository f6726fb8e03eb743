using HyperSearch.Numerics;
using HyperSearch.Training.Graph;
using HyperSearch.Training.Kernels;
using HyperSearch.Training.Layers;
using HyperSearch.Training.Optimizers;

namespace HyperSearch.Training.Tests.Graph;

public sealed class ComputationGraphTests
{
    [Fact]
    public void Minimize_GivesTheCoursesNumbers()
    {
        using var graph = new ComputationGraph();
        var w = graph.Variable(0);
        var training = graph.Minimize(w * w - 10 * w + 25, learningRate: 0.01);
        training.Step();
        Assert.Equal(0.1, w.Scalar, 7);
        for (var i = 0; i < 1000; i++)
            training.Step();
        Assert.Equal(4.99999, w.Scalar, 5);
    }

    [Fact]
    public void Minimize_GivesTheCoursesNumbersWithCoefficientsFed()
    {
        using var graph = new ComputationGraph();
        var w = graph.Variable(0);
        var x = graph.Placeholder(3, 1);
        var training = graph.Minimize(x[0, 0] * w * w + x[1, 0] * w + x[2, 0], learningRate: 0.01);
        x.Feed(1, -20, 100);
        training.Step();
        Assert.Equal(0.2, w.Scalar, 7);
        for (var i = 0; i < 1000; i++)
            training.Step();
        Assert.Equal(9.99998, w.Scalar, 5);
    }

    [Fact]
    public void Minimize_FitsALineByMatrixProduct()
    {
        using var graph = new ComputationGraph(Precision.Bits64);
        Tensor x = graph.Placeholder(4, 2), y = graph.Placeholder(4, 1), w = graph.Variable(2, 1), b = graph.Variable(0);
        var error = x.Times(w) + b - y;
        var training = graph.Minimize((error * error).Mean(), learningRate: 0.1);
        x.Feed(1, 0, 0, 1, 1, 1, 2, -1);
        y.Feed(3.5, -0.5, 2.5, 7.5); // 3·x₁ − 1·x₂ + 0.5
        for (var i = 0; i < 3000; i++)
            training.Step();
        Assert.Equal([3, -1, 0.5], [Math.Round(w.At(0, 0), 9), Math.Round(w.At(1, 0), 9), Math.Round(b.Scalar, 9)]);
    }

    [Fact]
    public void Minimize_TrainsLayersOnACostOfTheUsersOwn()
    {
        using var graph = new ComputationGraph();
        var random = RandomStream.For(1, 0, "xor");
        Tensor x = graph.Placeholder(4, 2), y = graph.Placeholder(4, 1);
        var z = graph.Dense(graph.Dense(x, 8, Activation.Tanh, random), 1, Activation.Identity, random);
        var error = z - y;
        var training = graph.Minimize((error * error * error * error).Mean(), learningRate: 0.02, OptimizerKind.Adam);
        x.Feed(0, 0, 0, 1, 1, 0, 1, 1);
        y.Feed(0, 1, 1, 0);
        var cost = training.Step();
        for (var i = 0; i < 2000; i++)
            cost = training.Step();
        Assert.InRange(cost, 0, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Expressions))]
    public void Gradients_MatchFiniteDifferences(string name)
    {
        using var graph = new ComputationGraph(Precision.Bits64);
        var random = RandomStream.For(1, 0, name);
        Tensor a = Start(graph, random, 3, 18), b = Start(graph, random, 3, 18);
        Tensor row = Start(graph, random, 1, 18), column = Start(graph, random, 3, 1), w = Start(graph, random, 18, 5);
        var cost = All[name](a, b, row, column, w);
        graph.EndWith(cost, graph.Lane.Make(new StoringRecipe(new OptimizerSettings())));
        Run(graph, cost);
        foreach (var variable in new[] { a, b, row, column, w })
        {
            for (var i = 0; i < variable.Rows * variable.Columns; i += 5)
                Check(graph, cost, variable, i / variable.Columns, i % variable.Columns);
        }
    }

    [Fact]
    public void Operators_GiveTheirValues()
    {
        using var graph = new ComputationGraph(Precision.Bits64);
        var w = graph.Variable(2, 3, 1, -2, 3, -4, 5, -6);
        Tensor[] results =
        [
            w * 10, 10 - w, -w, w / 4, 12 / w, 1 + w, w.Sigmoid(), (w * w).Sqrt(), w.Pow(3), w.Pow(-2), (w * w).Pow(0.25), w.Pow(0),
            w.Transpose(), w.RowSums(),
        ];
        var training = graph.Minimize((w * w).Sum(), 0.1);
        training.LearningRate = 0;
        training.Step();
        double[] expected = [-20, 12, 2, -0.5, -6, -1, 1 / (1 + Math.Exp(2)), 2, -8, 0.25, Math.Sqrt(2), 1];
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], results[i].At(0, 1), 12);
        Assert.Equal((3, 2, 5.0), (results[12].Rows, results[12].Columns, results[12].At(1, 1)));
        Assert.Equal((2, 1, -5.0), (results[13].Rows, results[13].Columns, results[13].At(1, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => w.Pow(double.NaN));
    }

    /// <summary>What one step left in the gradient of an expression was once added to that of the next.</summary>
    [Fact]
    public void Dense_OnAnExpressionDerivesTheSameInEveryStep()
    {
        using var graph = new ComputationGraph(Precision.Bits64);
        Tensor w = graph.Variable(3, 5, [.. Enumerable.Range(1, 15).Select(i => 0.1 * i)]), shifted = w.Tanh();
        var cost = graph.Dense(shifted, 4, Activation.Tanh, RandomStream.For(1, 0, "dense")).Sum();
        graph.EndWith(cost, graph.Lane.Make(new StoringRecipe(new OptimizerSettings())));
        Run(graph, cost);
        var first = Gradients(graph, w);
        Run(graph, cost);
        Assert.Equal(first, Gradients(graph, w));
        Check(graph, cost, w, 1, 2);
    }

    private static unsafe double[] Gradients(ComputationGraph graph, Tensor tensor) =>
        [.. Enumerable.Range(0, tensor.Columns).Select(column => graph.Lane.Read(tensor.Gradient, column))];

    [Fact]
    public void Step_AllocatesNothing()
    {
        using var graph = new ComputationGraph();
        Tensor w = graph.Variable(2, 3, 1, 2, 3, 4, 5, 6), x = graph.Placeholder(4, 2);
        var training = graph.Minimize((x.Times(w).Tanh() * x.Times(w)).Sum(), 0.001);
        training.Step();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            training.Step();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Shapes_ThatDoNotMatchAreRefused()
    {
        using var graph = new ComputationGraph();
        Tensor a = graph.Variable(2, 3), b = graph.Variable(3, 2);
        Assert.Contains("[2, 3] and [3, 2]", Assert.Throws<ArgumentException>(() => a + b).Message, StringComparison.Ordinal);
        Assert.Contains("no product", Assert.Throws<ArgumentException>(() => a.Times(a)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => graph.Minimize(a, 0.1));
        Assert.Throws<ArgumentException>(() => a.Feed(1, 2));
        Assert.Throws<InvalidOperationException>(() => a.Scalar);
    }

    private static readonly Dictionary<string, Func<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor>> All = new()
    {
        ["sum and difference"] = (a, b, row, column, w) => (a - b + row - column).Times(w).Tanh().Sum(),
        ["product, a value used thrice"] = (a, b, row, column, w) => (a * a * b * row * column).Mean() + (a * column).Sum(),
        ["quotient"] = (a, b, row, column, w) => (a / (b * b + 1) / (row * row + 2) / (column * column + 3)).Sum(),
        ["exp and log"] = (a, b, row, column, w) => (a.Exp() * (b * b + 0.5).Log()).Mean() + row.Exp().Sum(),
        ["relu and product of products"] = (a, b, row, column, w) => ((a * b).Relu().Times(w) + column).Relu().Sum(),
        ["numbers on either side"] = (a, b, row, column, w) =>
            ((a * 3 - 2) / 4 + (5 - b) * (0.5 + row)).Sum() + (7 / (column * column + 2)).Sum(),
        ["negation"] = (a, b, row, column, w) => (-a * b + -column).Mean(),
        ["sigmoid"] = (a, b, row, column, w) => (a.Sigmoid() * b).Sum() + (row + column).Sigmoid().Mean(),
        ["square root"] = (a, b, row, column, w) => (a * a + 0.5).Sqrt().Sum() + ((column * column + 1).Sqrt() * b).Sum(),
        ["whole powers"] = (a, b, row, column, w) =>
            a.Pow(2).Sum() + (b.Pow(3) * row.Pow(5)).Mean() + (column.Pow(2) + 1).Pow(-2).Sum() + a.Pow(0).Sum() + b.Pow(1).Sum(),
        ["other powers"] = (a, b, row, column, w) =>
            ((a * a + 0.5).Pow(1.7) * b).Mean() + (row * row + 1).Pow(0.5).Sum() + (column * column + 1).Pow(-0.3).Sum(),
        ["transpose"] = (a, b, row, column, w) =>
            (w.Transpose() * 2).Times(b.Transpose()).Tanh().Sum() + (a.Transpose() * row.Transpose() * column.Transpose()).Mean(),
        ["row sums"] = (a, b, row, column, w) => (a.RowSums() * column).Sum() + w.RowSums().Tanh().Mean(),
        ["one element"] = (a, b, row, column, w) => a[1, 17] * b[2, 0] + row[0, 5] * column[2, 0] * w.Sum(),
    };

    public static TheoryData<string> Expressions() => [.. All.Keys];

    private static Tensor Start(ComputationGraph graph, RandomStream random, int rows, int columns) =>
        graph.Variable(rows, columns, [.. Enumerable.Range(0, rows * columns).Select(_ => random.NextNormal())]);

    private static void Run(ComputationGraph graph, Tensor cost)
    {
        graph.Forward(0, training: true);
        graph.SeedGradient(cost);
        graph.Backward(0, 0, 1);
    }

    private static unsafe void Check(ComputationGraph graph, Tensor cost, Tensor variable, int row, int column)
    {
        var at = (nint)row * variable.Stride + column;
        var analytic = graph.Lane.Read(variable.Gradient, at);
        var kept = graph.Lane.Read(variable.Value, at);
        double Cost(double change)
        {
            graph.Lane.Write(variable.Value, at, kept + change);
            graph.Forward(0, training: true);
            return cost.Scalar;
        }
        var numeric = (Cost(1e-6) - Cost(-1e-6)) / 2e-6;
        Cost(0);
        Assert.InRange(numeric - analytic, -1e-7 * (1 + Math.Abs(analytic)), 1e-7 * (1 + Math.Abs(analytic)));
    }
}
