using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Graph;

/// <summary>The functions that work element by element.</summary>
internal enum Function
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Exp,
    Log,
    Tanh,
    Relu,
    Sigmoid,
    Sqrt,
}

/// <summary>y = f(a, b), element by element, with its slopes beside it. A function of one argument ignores b.</summary>
/// <typeparam name="L">The lane.</typeparam>
internal interface IFunction<L>
    where L : struct
{
    /// <summary>y.</summary>
    static abstract L Apply(L a, L b);

    /// <summary>dy·∂y/∂a.</summary>
    static abstract L ToFirst(L dy, L a, L b, L y);

    /// <summary>dy·∂y/∂b.</summary>
    static abstract L ToSecond(L dy, L a, L b, L y);
}

/// <summary>y = a + b.</summary>
internal readonly struct AddFunction<L, T> : IFunction<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static L Apply(L a, L b) => a + b;

    public static L ToFirst(L dy, L a, L b, L y) => dy;

    public static L ToSecond(L dy, L a, L b, L y) => dy;
}

/// <summary>y = a − b.</summary>
internal readonly struct SubtractFunction<L, T> : IFunction<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static L Apply(L a, L b) => a - b;

    public static L ToFirst(L dy, L a, L b, L y) => dy;

    public static L ToSecond(L dy, L a, L b, L y) => L.Zero - dy;
}

/// <summary>y = a·b.</summary>
internal readonly struct MultiplyFunction<L, T> : IFunction<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static L Apply(L a, L b) => a * b;

    public static L ToFirst(L dy, L a, L b, L y) => dy * b;

    public static L ToSecond(L dy, L a, L b, L y) => dy * a;
}

/// <summary>y = a/b.</summary>
internal readonly struct DivideFunction<L, T> : IFunction<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static L Apply(L a, L b) => a / b;

    public static L ToFirst(L dy, L a, L b, L y) => dy / b;

    public static L ToSecond(L dy, L a, L b, L y) => L.Zero - dy * y / b;
}

/// <summary>y = eᵃ.</summary>
internal readonly struct ExpFunction<L, T> : IFunction<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static L Apply(L a, L b) => L.Exp(a);

    public static L ToFirst(L dy, L a, L b, L y) => dy * y;

    public static L ToSecond(L dy, L a, L b, L y) => L.Zero;
}

/// <summary>y = ln a.</summary>
internal readonly struct LogFunction<L, T> : IFunction<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static L Apply(L a, L b) => L.Log(a);

    public static L ToFirst(L dy, L a, L b, L y) => dy / a;

    public static L ToSecond(L dy, L a, L b, L y) => L.Zero;
}

/// <summary>y = tanh a.</summary>
internal readonly struct TanhFunction<L, T> : IFunction<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static L Apply(L a, L b) => L.Tanh(a);

    public static L ToFirst(L dy, L a, L b, L y) => dy * (L.Constant(1) - y * y);

    public static L ToSecond(L dy, L a, L b, L y) => L.Zero;
}

/// <summary>y = max(0, a).</summary>
internal readonly struct ReluFunction<L, T> : IFunction<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static L Apply(L a, L b) => L.Max(L.Zero, a);

    public static L ToFirst(L dy, L a, L b, L y) => L.And(L.GreaterThan(a, L.Zero), dy);

    public static L ToSecond(L dy, L a, L b, L y) => L.Zero;
}

/// <summary>y = 1/(1 + e⁻ᵃ).</summary>
internal readonly struct SigmoidFunction<L, T> : IFunction<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static L Apply(L a, L b) => L.Constant(1) / (L.Constant(1) + L.Exp(L.Zero - a));

    public static L ToFirst(L dy, L a, L b, L y) => dy * (y * (L.Constant(1) - y));

    public static L ToSecond(L dy, L a, L b, L y) => L.Zero;
}

/// <summary>y = √a.</summary>
internal readonly struct SqrtFunction<L, T> : IFunction<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static L Apply(L a, L b) => L.Sqrt(a);

    public static L ToFirst(L dy, L a, L b, L y) => L.Constant(0.5) * dy / y;

    public static L ToSecond(L dy, L a, L b, L y) => L.Zero;
}
