using HyperSearch.Numerics;

namespace HyperSearch.Samplers;

/// <summary>Distributions that samplers draw from, made of portable operations so that every machine draws the same.</summary>
internal static class Draws
{
    /// <summary>A number from the standard Cauchy distribution: y/x for a point (x, y) uniform in the unit disc.</summary>
    public static double NextCauchy(this RandomStream random)
    {
        while (true)
        {
            double x = 2 * random.NextDouble() - 1, y = 2 * random.NextDouble() - 1;
            if (x != 0 && x * x + y * y <= 1)
                return y / x;
        }
    }

    /// <summary>Whether an event of this probability happens.</summary>
    public static bool Happens(this RandomStream random, double probability) => random.NextDouble() < probability;

    /// <summary>Fills a position with uniform coordinates.</summary>
    public static void FillUniform(this RandomStream random, Span<double> position)
    {
        foreach (ref var u in position)
            u = random.NextDouble();
    }
}
