namespace HyperSearch.Training.Graph;

/// <content>Writing a computation as an expression. Shapes match element by element; one row or one column is repeated.</content>
public sealed unsafe partial class Tensor
{
    private const int MostFactors = 64;

    /// <summary>a + b, element by element.</summary>
    public static Tensor operator +(Tensor a, Tensor b) => Add(a, b);

    /// <summary>a − b, element by element.</summary>
    public static Tensor operator -(Tensor a, Tensor b) => Subtract(a, b);

    /// <summary>a·b, element by element.</summary>
    public static Tensor operator *(Tensor a, Tensor b) => Multiply(a, b);

    /// <summary>a/b, element by element.</summary>
    public static Tensor operator /(Tensor a, Tensor b) => Divide(a, b);

    /// <summary>−a, element by element.</summary>
    public static Tensor operator -(Tensor a) => Negate(a);

    /// <summary>a + number.</summary>
    public static Tensor operator +(Tensor a, double number) => Add(a, Of(a).Constant(number));

    /// <summary>number + a.</summary>
    public static Tensor operator +(double number, Tensor a) => Add(Of(a).Constant(number), a);

    /// <summary>a − number.</summary>
    public static Tensor operator -(Tensor a, double number) => Subtract(a, Of(a).Constant(number));

    /// <summary>number − a.</summary>
    public static Tensor operator -(double number, Tensor a) => Subtract(Of(a).Constant(number), a);

    /// <summary>number·a.</summary>
    public static Tensor operator *(double number, Tensor a) => Multiply(Of(a).Constant(number), a);

    /// <summary>a·number.</summary>
    public static Tensor operator *(Tensor a, double number) => Multiply(a, Of(a).Constant(number));

    /// <summary>a/number.</summary>
    public static Tensor operator /(Tensor a, double number) => Divide(a, Of(a).Constant(number));

    /// <summary>number/a, element by element.</summary>
    public static Tensor operator /(double number, Tensor a) => Divide(Of(a).Constant(number), a);

    /// <summary>a + b, element by element.</summary>
    public static Tensor Add(Tensor a, Tensor b) => Elementwise(Function.Add, a, b);

    /// <summary>a − b, element by element.</summary>
    public static Tensor Subtract(Tensor a, Tensor b) => Elementwise(Function.Subtract, a, b);

    /// <summary>a·b, element by element.</summary>
    public static Tensor Multiply(Tensor a, Tensor b) => Elementwise(Function.Multiply, a, b);

    /// <summary>a/b, element by element.</summary>
    public static Tensor Divide(Tensor a, Tensor b) => Elementwise(Function.Divide, a, b);

    /// <summary>−a, element by element.</summary>
    public static Tensor Negate(Tensor a) => Multiply(Of(a).Constant(-1), a);

    /// <summary>The matrix product of this [m, k] and <paramref name="b"/> [k, n].</summary>
    public Tensor Times(Tensor b)
    {
        ArgumentNullException.ThrowIfNull(b);
        return Graph.MatrixProduct(this, b);
    }

    /// <summary>eˣ of every element.</summary>
    public Tensor Exp() => Graph.Elementwise(Function.Exp, this, this);

    /// <summary>ln x of every element; elements must be positive.</summary>
    public Tensor Log() => Graph.Elementwise(Function.Log, this, this);

    /// <summary>tanh x of every element.</summary>
    public Tensor Tanh() => Graph.Elementwise(Function.Tanh, this, this);

    /// <summary>max(0, x) of every element.</summary>
    public Tensor Relu() => Graph.Elementwise(Function.Relu, this, this);

    /// <summary>1/(1 + e⁻ˣ) of every element.</summary>
    public Tensor Sigmoid() => Graph.Elementwise(Function.Sigmoid, this, this);

    /// <summary>√x of every element; elements must be positive, because the slope at 0 is not finite.</summary>
    public Tensor Sqrt() => Graph.Elementwise(Function.Sqrt, this, this);

    /// <summary>xᵖ of every element.</summary>
    /// <param name="exponent">p. When it is whole, x may be any number; else elements must be positive.</param>
    /// <remarks>A whole p from −64 to 64 multiplies by repeated squaring; any other p computes e^(p·ln x).</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exponent"/> is not finite.</exception>
    public Tensor Pow(double exponent)
    {
        if (!double.IsFinite(exponent))
            throw new ArgumentOutOfRangeException(nameof(exponent), exponent, "A power needs a finite exponent.");
        if (exponent == 0.5)
            return Sqrt();
        if (exponent != Math.Floor(exponent) || Math.Abs(exponent) > MostFactors)
            return (exponent * Log()).Exp();
        if (exponent < 0)
            return 1 / Pow(-exponent);
        if (exponent == 0)
            return 0 * this + 1;
        if (exponent == 1)
            return this;
        var half = Pow(Math.Floor(exponent / 2));
        return exponent % 2 == 0 ? half * half : half * half * this;
    }

    /// <summary>The transpose xᵀ, [columns, rows].</summary>
    /// <exception cref="InvalidOperationException">It has a row for each example of the mini-batch.</exception>
    public Tensor Transpose() => Graph.Transpose(this);

    /// <summary>The sum of each row, [rows, 1].</summary>
    public Tensor RowSums()
    {
        var ones = Graph.Placeholder(Columns, 1);
        ones.Feed([.. Enumerable.Repeat(1.0, Columns)]);
        return Times(ones);
    }

    /// <summary>The sum of all elements, [1, 1].</summary>
    public Tensor Sum() => Graph.Reduce(this, mean: false);

    /// <summary>The mean of all elements, [1, 1].</summary>
    public Tensor Mean() => Graph.Reduce(this, mean: true);

    /// <summary>One element, [1, 1].</summary>
    /// <param name="row">From 0.</param>
    /// <param name="column">From 0.</param>
    public Tensor this[int row, int column] => Graph.Element(this, row, column);

    /// <summary>The value of a [1, 1] tensor, as the last run left it.</summary>
    /// <exception cref="InvalidOperationException">It has more elements.</exception>
    public double Scalar => Rows == 1 && Columns == 1
        ? At(0, 0)
        : throw new InvalidOperationException($"A tensor of shape [{Rows}, {Columns}] is not one number; read it with At.");

    /// <summary>The value of one element, as the last run left it.</summary>
    /// <param name="row">From 0.</param>
    /// <param name="column">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tensor has no such element.</exception>
    /// <exception cref="ObjectDisposedException">The graph is disposed.</exception>
    public double At(int row, int column)
    {
        using var use = Graph.Use();
        return Graph.Lane.Read(Value, Place(row, column));
    }

    /// <summary>Writes every element of a placeholder or variable, row by row.</summary>
    /// <param name="values">Rows × columns numbers.</param>
    /// <exception cref="ArgumentException">There are not that many numbers.</exception>
    public void Feed(params ReadOnlySpan<double> values)
    {
        using var use = Graph.Use();
        if (values.Length != Rows * Columns)
            throw new ArgumentException(
                $"A tensor of shape [{Rows}, {Columns}] takes {Rows * Columns} numbers, not {values.Length}.", nameof(values));
        for (var i = 0; i < values.Length; i++)
            Graph.Lane.Write(Value, (nint)(i / Columns) * Stride + i % Columns, values[i]);
    }

    /// <summary>Rows in use in a pass.</summary>
    internal int RowsIn(in Pass pass) => FollowsBatch ? pass.Rows : Rows;

    private nint Place(int row, int column) => row >= 0 && row < Rows && column >= 0 && column < Columns
        ? (nint)row * Stride + column
        : throw new ArgumentOutOfRangeException(nameof(row), $"[{row}, {column}]", $"The tensor has shape [{Rows}, {Columns}].");

    private static ComputationGraph Of(Tensor a)
    {
        ArgumentNullException.ThrowIfNull(a);
        return a.Graph;
    }

    private static Tensor Elementwise(Function function, Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return a.Graph.Elementwise(function, a, b);
    }
}
