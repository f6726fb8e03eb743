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
}
