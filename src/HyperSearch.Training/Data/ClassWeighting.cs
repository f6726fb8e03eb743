namespace HyperSearch.Training.Data;

/// <summary>How much each class counts in the training cost.</summary>
public enum ClassWeighting
{
    /// <summary>Every example counts 1.</summary>
    None,

    /// <summary>
    /// An example of class c counts m/(C·m_c), m_c of m training examples being of class c: every class has the same weight in all, and the
    /// mean is 1.
    /// </summary>
    Balanced,
}

/// <summary>How much an example counts by its class.</summary>
internal static class ClassBalance
{
    /// <summary>The weight of each class; empty when every example counts 1.</summary>
    /// <remarks>Balanced: m/(C·m_c), m_c of m training examples being of class c; 0 for a class without any.</remarks>
    public static double[] Weights(Dataset data, ClassWeighting weighting)
    {
        if (weighting == ClassWeighting.None || data.Task == LearningTask.Regression)
            return [];
        var weights = new double[Math.Max(2, data.Classes.Count)];
        foreach (var label in data.Train.Labels)
            weights[label]++;
        for (var c = 0; c < weights.Length; c++)
            weights[c] = weights[c] == 0 ? 0 : data.Train.Rows / (weights.Length * weights[c]);
        return weights;
    }
}
