namespace HyperSearch.Training.Scores;

/// <summary>How well one class is told from the others.</summary>
/// <param name="Name">Name of the class.</param>
/// <param name="Rows">Examples that are of the class, TP + FN.</param>
/// <param name="Precision">TP/(TP + FP): how often "it is this class" is right; 0 when it is never said.</param>
/// <param name="Recall">TP/(TP + FN): how many of the class are found; 0 when there is none.</param>
/// <param name="F1">Harmonic mean of the two, 2·TP/(2·TP + FP + FN); 0 when both are 0.</param>
public sealed record ClassScores(string Name, int Rows, double Precision, double Recall, double F1);
