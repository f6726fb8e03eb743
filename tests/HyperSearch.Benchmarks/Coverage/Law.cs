using HyperSearch.Numerics;

namespace HyperSearch.Benchmarks.Coverage;

/// <summary>A known law of rows, so that the truth about a model is known as exactly as one likes.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Inputs">How many inputs a row has, each a number.</param>
/// <param name="Classes">How many classes there are; 0 for a number to come close to.</param>
/// <param name="Draw">The inputs of a new row.</param>
/// <param name="Answer">Of inputs: the probability of each class, or the mean of the number.</param>
internal sealed record Law(string Name, int Inputs, int Classes, Func<RandomStream, double[]> Draw, Func<double[], double[]> Answer)
{
    /// <summary>The deviation of a number around its mean.</summary>
    public const double Noise = 0.5;

    /// <summary>The laws: nothing to learn, a line, three clouds, a rare class, a wave, a plane.</summary>
    public static IReadOnlyList<Law> All { get; } =
    [
        new("noise", 3, 3, random => Normal(random, 3), _ => [1 / 3.0, 1 / 3.0, 1 / 3.0]),
        new("line", 4, 2, random => Normal(random, 4), x => Two(2 * x[0] - x[1])),
        new("clouds", 3, 3, random => InClouds(random), x => Clouds(x)),
        new("rare", 3, 2, random => Normal(random, 3), x => Two(2 * x[0] * x[1] + x[2] - 2.5)),
        new("wave", 3, 0, random => Normal(random, 3), x => [Math.Sin(1.5 * x[0]) + 0.5 * x[1]]),
        new("plane", 5, 0, random => Normal(random, 5), x => [x[0] - x[1] + 0.5 * x[2]]),
    ];

    /// <summary>A class by its number, or a number.</summary>
    public double Label(RandomStream random, double[] inputs)
    {
        var answer = Answer(inputs);
        if (Classes == 0)
            return answer[0] + Noise * random.NextNormal();
        var (left, at) = (random.NextDouble(), 0);
        while (at < Classes - 1 && (left -= answer[at]) >= 0)
            at++;
        return at;
    }

    private static double[] Normal(RandomStream random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextNormal())];

    private static double[] Two(double logit) => [1 / (1 + Math.Exp(logit)), 1 / (1 + Math.Exp(-logit))];

    private static double[] InClouds(RandomStream random)
    {
        var (x, cloud) = (Normal(random, 3), random.NextInt(3));
        x[0] += Centre(cloud).X;
        x[1] += Centre(cloud).Y;
        return x;
    }

    private static double[] Clouds(double[] x)
    {
        double[] densities = [.. Enumerable.Range(0, 3).Select(cloud => Centre(cloud))
            .Select(centre => Math.Exp(-((x[0] - centre.X) * (x[0] - centre.X) + (x[1] - centre.Y) * (x[1] - centre.Y)) / 2))];
        return [.. densities.Select(density => density / densities.Sum())];
    }

    private static (double X, double Y) Centre(int cloud) => (1.6 * Math.Cos(2.1 * cloud), 1.6 * Math.Sin(2.1 * cloud));
}
