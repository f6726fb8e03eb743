namespace HyperSearch.Numerics;

/// <summary>The lower triangular L with L·Lᵀ = K, and its inverse, as rows.</summary>
internal sealed class Cholesky
{
    private Cholesky(double[][] rows) => Rows = rows;

    /// <summary>L, row by row; row i has i + 1 elements.</summary>
    public double[][] Rows { get; }

    /// <summary>
    /// Factorizes a symmetric matrix given by its lower rows, which it overwrites; <c>null</c> when it is not positive definite.
    /// </summary>
    public static Cholesky? Of(double[][] rows)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < i; j++)
                rows[i][j] = (rows[i][j] - Lanes.Dot(rows[i], rows[j], j)) / rows[j][j];
            var square = rows[i][i] - Lanes.Dot(rows[i], rows[i], i);
            if (!(square > 1e-14))
                return null;
            rows[i][i] = Math.Sqrt(square);
        }

        return new Cholesky(rows);
    }

    /// <summary>z with L·z = y for the first elements of y; the rest of z is zero.</summary>
    public double[] Forward(double[] y)
    {
        var z = new double[Rows.Length];
        for (var i = 0; i < y.Length; i++)
            z[i] = (y[i] - Lanes.Dot(Rows[i], z, i)) / Rows[i][i];
        return z;
    }

    /// <summary>L⁻¹, row by row.</summary>
    public double[][] Inverse()
    {
        var inverse = new double[Rows.Length][];
        for (var i = 0; i < inverse.Length; i++)
        {
            var row = new double[i + 1];
            for (var j = 0; j < i; j++)
                Lanes.Add(-Rows[i][j], inverse[j], row, j + 1);
            row[i] = 1;
            for (var j = 0; j <= i; j++)
                row[j] /= Rows[i][i];
            inverse[i] = row;
        }

        return inverse;
    }

    /// <summary>L⁻ᵀ·z, given L⁻¹.</summary>
    public static double[] Back(double[][] inverse, double[] z)
    {
        var alpha = new double[z.Length];
        for (var i = 0; i < z.Length; i++)
            Lanes.Add(z[i], inverse[i], alpha, i + 1);
        return alpha;
    }
}
