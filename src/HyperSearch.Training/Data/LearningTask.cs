namespace HyperSearch.Training.Data;

/// <summary>The task of a network, which fixes its output layer and its loss.</summary>
public enum LearningTask
{
    /// <summary>One of three or more classes: softmax with cross-entropy.</summary>
    MultiClass,

    /// <summary>One of two classes: a single logistic output.</summary>
    Binary,

    /// <summary>A number: one identity output with squared error.</summary>
    Regression,
}
