namespace HyperSearch.Numerics;

/// <summary>The normal distribution with mean 0 and variance 1.</summary>
public static class StandardNormal
{
    /// <summary>½·ln 2π.</summary>
    public const double HalfLogTwoPi = 0.91893853320467274;

    /// <summary>Φ(z), the distribution function, to 1e−15 absolutely.</summary>
    /// <param name="z">Any number.</param>
    public static double Below(double z) =>
        z < -8 ? 0 : z > 8 ? 1 : 0.5 + PortableMath.Exp(-0.5 * z * z - HalfLogTwoPi) * Series(z);

    /// <summary>(Φ(z) − ½)/φ(z) = z + z³/3 + z⁵/15 + …</summary>
    /// <param name="z">Between −8 and 8; beyond, the series takes more terms than are summed.</param>
    /// <remarks>
    /// Marsaglia, <see href="https://doi.org/10.18637/jss.v011.i04">Evaluating the Normal Distribution</see>, Journal of Statistical
    /// Software 11 (2004).
    /// </remarks>
    public static double Series(double z)
    {
        double term = z, sum = z;
        for (var k = 3; k < 200 && Math.Abs(term) > 1e-17 * Math.Abs(sum); k += 2)
            sum += term *= z * z / k;
        return sum;
    }
}
