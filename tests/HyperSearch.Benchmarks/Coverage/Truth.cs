using HyperSearch.Numerics;
using HyperSearch.Training.Models;

namespace HyperSearch.Benchmarks.Coverage;

/// <summary>What a model's figures would be on all rows of a law: its answers on many new inputs against the law's own.</summary>
/// <remarks>The labels of the new rows are not drawn but weighed by their probabilities, which takes most of the noise away.</remarks>
internal sealed class Truth
{
    private readonly Law _law;
    private readonly double[][] _inputs;
    private readonly double[][] _answers;

    /// <param name="law">The law.</param>
    /// <param name="rows">How many new inputs.</param>
    public Truth(Law law, int rows)
    {
        var random = RandomStream.For(97, 0, law.Name);
        _law = law;
        _inputs = [.. Enumerable.Range(0, rows).Select(_ => law.Draw(random))];
        _answers = [.. _inputs.Select(law.Answer)];
    }

    /// <summary>A model's figures by the name that stands behind <c>test_</c> or <c>held_out_</c>.</summary>
    public IReadOnlyDictionary<string, double> Of(Model model)
    {
        double first = 0, second = 0;
        for (var row = 0; row < _inputs.Length; row++)
        {
            var said = model.Predict([.. _inputs[row].Zip(model.Schema.Columns, static (value, column) => column.Rounded(value))]);
            var truth = _answers[row];
            if (_law.Classes == 0)
            {
                first += (said[0] - truth[0]) * (said[0] - truth[0]) + Law.Noise * Law.Noise;
                continue;
            }

            // classes are sorted by their names, which are their numbers
            first += 1 - truth[Array.IndexOf(said, said.Max())];
            second -= truth.Zip(said, static (chance, answer) => chance * Math.Log(Math.Max(answer, 1e-15))).Sum();
        }

        var rows = _inputs.Length;
        if (_law.Classes > 0)
            return new Dictionary<string, double> { ["error"] = first / rows, ["cost"] = second / rows };
        var mean = _answers.Average(static answer => answer[0]);
        var variance = _answers.Average(answer => (answer[0] - mean) * (answer[0] - mean)) + Law.Noise * Law.Noise;
        return new Dictionary<string, double> { ["rmse"] = Math.Sqrt(first / rows), ["r2"] = 1 - first / rows / variance };
    }
}
