using HyperSearch.Training.Numerics;

namespace HyperSearch.Training.Graph;

/// <content>The operations of expressions.</content>
internal sealed unsafe partial class Kernels<L, T>
{
    public override Operation Variable(Tensor output, Parameter parameter) => new VariableOperation<L, T>(parameter) { Output = output };

    public override Operation MatrixProduct(Tensor a, Tensor b, Tensor output, Arena arena) => new MatrixProductOperation<L, T>(a, b, arena) { Output = output };

    public override Operation Reduce(Tensor x, bool mean, Tensor output) => new ReduceOperation<L, T>(x, mean) { Output = output };

    public override Operation Element(Tensor x, int row, int column, Tensor output) => new ElementOperation<L, T>(x, row, column) { Output = output };

    public override Operation Elementwise(Function function, Tensor a, Tensor b, Tensor output)
    {
        return function switch
        {
            Function.Add => Make<AddFunction<L, T>>(),
            Function.Subtract => Make<SubtractFunction<L, T>>(),
            Function.Multiply => Make<MultiplyFunction<L, T>>(),
            Function.Divide => Make<DivideFunction<L, T>>(),
            Function.Exp => Make<ExpFunction<L, T>>(),
            Function.Log => Make<LogFunction<L, T>>(),
            Function.Tanh => Make<TanhFunction<L, T>>(),
            Function.Relu => Make<ReluFunction<L, T>>(),
            _ => throw new ArgumentOutOfRangeException(nameof(function)),
        };

        ElementwiseOperation<L, T, TFunction> Make<TFunction>()
            where TFunction : struct, IFunction<L> => new(a, b) { Output = output };
    }
}
