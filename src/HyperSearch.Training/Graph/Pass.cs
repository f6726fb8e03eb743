namespace HyperSearch.Training.Graph;

/// <summary>One run over the graph.</summary>
/// <param name="Rows">Rows of the mini-batch in hand.</param>
/// <param name="Training">Whether dropout drops and batch norm uses the mini-batch's own statistics.</param>
/// <param name="Sink">Where parameters' gradients go.</param>
internal readonly record struct Pass(int Rows, bool Training, GradientSink? Sink);
