using HyperSearch.Numerics;

namespace HyperSearch.Samplers.Surrogates;

/// <summary>Several models of the same outcomes, each with the share in which it is believed.</summary>
internal sealed class ProcessMixture(IReadOnlyList<(GaussianProcess Process, double LogShare)> members)
{
    /// <summary>Whether a member places points as the one before it does: warping a point takes as long as a third of the rest.</summary>
    private readonly bool[] _placesAsBefore =
        [.. members.Select((member, m) => m > 0 && member.Process.PlacesAs(members[m - 1].Process))];

    /// <summary>Conditions models on observed points and pending ones; <c>null</c> when every kernel's matrix is singular.</summary>
    /// <param name="points">The observed points, then the pending ones.</param>
    /// <param name="values">The values of the observed points.</param>
    /// <param name="categorical">Which dimensions have no order.</param>
    /// <param name="models">The models, and the logarithm of the share of each.</param>
    /// <param name="draws">For each belief a standard normal draw a pending point.</param>
    public static ProcessMixture? On(
        double[][] points, double[] values, bool[] categorical, IEnumerable<(FittedProcess Model, double LogShare)> models,
        double[][] draws)
    {
        var members = new List<(GaussianProcess, double)>();
        foreach (var (model, share) in models)
        {
            if (GaussianProcess.On(points, values, categorical, [.. model.Parameters], draws) is { } process)
                members.Add((process, share));
        }

        return members.Count == 0 ? null : new ProcessMixture(members);
    }

    /// <summary>The logarithm of the expected improvement at a point, the mean over models; writes its gradient when asked.</summary>
    public double LogImprovement(double[] point, double[]? gradient)
    {
        if (members.Count == 1)
            return members[0].Process.LogImprovement(point, gradient);
        var each = new double[members.Count];
        var slopes = new double[members.Count][];
        var most = double.NegativeInfinity;
        double[] x = [];
        for (var m = 0; m < each.Length; m++)
        {
            var (process, logShare) = members[m];
            if (!_placesAsBefore[m])
                x = process.Place(point);
            slopes[m] = gradient is null ? [] : new double[gradient.Length];
            each[m] = logShare + process.LogImprovement(point, x, gradient is null ? null : slopes[m]);
            most = Math.Max(most, each[m]);
        }

        var sum = 0.0;
        foreach (var one in each)
            sum += PortableMath.Exp(one - most);
        if (gradient is not null)
        {
            Array.Clear(gradient);
            for (var m = 0; m < each.Length; m++)
                Lanes.Add(PortableMath.Exp(each[m] - most) / sum, slopes[m], gradient, gradient.Length);
        }

        return most + PortableMath.Log(sum);
    }
}
