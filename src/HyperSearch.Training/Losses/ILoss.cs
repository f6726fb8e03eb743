namespace HyperSearch.Training.Losses;

/// <summary>
/// A loss, worked on class-major: a lane holds one output of as many examples as it is wide, so nothing is ever summed across a lane.
/// </summary>
/// <typeparam name="L">The lane.</typeparam>
/// <typeparam name="T">The element.</typeparam>
internal unsafe interface ILoss<L, T>
    where L : struct
    where T : unmanaged
{
    /// <summary>Turns outputs z into predictions ŷ in place and gives the loss of each example.</summary>
    /// <param name="z">[outputs, lane].</param>
    /// <param name="outputs">How many.</param>
    /// <param name="target">The class index, or the number to predict.</param>
    /// <param name="wrong">1 where the most probable class is not the target, else 0; always 0 for numbers.</param>
    static abstract L Predict(T* z, int outputs, L target, out L wrong);

    /// <summary>Turns predictions ŷ into (ŷ − y)·scale in place, the loss's gradient with respect to z.</summary>
    /// <param name="p">[outputs, lane].</param>
    /// <param name="outputs">How many.</param>
    /// <param name="target">The class index, or the number to predict.</param>
    /// <param name="scale">Weight of each example in the mean.</param>
    static abstract void Differentiate(T* p, int outputs, L target, L scale);
}
