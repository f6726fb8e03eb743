using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Samplers.Designs;
using HyperSearch.Samplers.Surrogates;
using HyperSearch.Spaces;

namespace HyperSearch.Samplers.MultiFidelity;

/// <summary>
/// The state of <see cref="MultiFidelityGpSampler"/>: results of every rung, and the model's parameters when last fitted.
/// </summary>
internal sealed record MultiFidelityGpState(MultiFidelityGpSampler Options, Space Space, ImmutableArray<int> Budgets, SobolSequence Sobol)
    : ISamplerState
{
    /// <summary>So many times the modelled results are remembered.</summary>
    private const int Remembered = 3;

    /// <summary>Results in the order observed; of very many those that may still be modelled.</summary>
    public ImmutableList<FidelityResult> Results { get; init; } = [];

    /// <summary>The share λ of the model's trend; 0, the default, for none, as before the fourth edition.</summary>
    public double Trend { get; init; }

    /// <summary>How many outcomes were observed.</summary>
    public int Observed { get; init; }

    /// <summary>How many of them had a value.</summary>
    public int Valued { get; init; }

    /// <summary>The model's parameters; empty before the first fit.</summary>
    public ImmutableArray<double> Parameters { get; init; } = [];

    /// <summary>How many outcomes there were at the last fit.</summary>
    public int FittedOn { get; init; }

    /// <summary>How many Sobol points were drawn.</summary>
    public uint Opened { get; init; }

    public ISamplerState Observe(Observation observation)
    {
        var rung = Budgets.Length - 1;
        while (rung > 0 && Budgets[rung] > observation.Epochs)
            rung--;
        var result = new FidelityResult(
            observation.Trial, observation.Position, rung, observation.Smoothed ?? double.PositiveInfinity);
        var results = Results.Add(result);
        if (results.Count > Remembered * Options.MostRows)
            results = [.. FidelityResults.Most(results, FidelityResults.Shifts(results, Budgets.Length), Options.MostRows)];
        return this with
        {
            Results = results,
            Observed = Observed + 1,
            Valued = Valued + (observation.Smoothed is null ? 0 : 1),
        };
    }

    public (Proposal? Proposal, ISamplerState Next) Propose(ProposalRequest request)
    {
        var (model, fitted) = Look(request.Pending.Values);
        if (model?.Propose(request, Options.Candidates) is { } wanted)
            return (wanted, fitted);
        var (proposal, opened) = Sobol.Propose(Opened, request);
        return (proposal, fitted with { Opened = opened });
    }

    /// <summary>The model of the results, and the state that remembers its fit; no model while too little is known.</summary>
    public (FidelityModel? Model, MultiFidelityGpState Next) Look(IEnumerable<Proposal> pending)
    {
        if (Valued < Options.Design || Space.Dimensions == 0)
            return (null, this);
        var shifts = FidelityResults.Shifts(Results, Budgets.Length);
        var results = FidelityResults.Most(Results, shifts, Options.MostRows);
        bool[] categorical = [.. Space.Searched.Select(parameter => parameter.Scale.IsCategorical), false];
        var (values, deviation) = Standardized.Of([.. results.Select(result => result.Value + shifts[result.Rung])]);
        double[] budgets = [.. Budgets.Select(epochs => PositionOf(epochs))];
        double[][] points = [.. results.Select(result => (double[])[.. result.Position, budgets[result.Rung]])];
        var rows = new FidelityRows(points, [.. results.Select(result => result.Rung)], values);
        var next = Fit(rows, categorical);
        var parameters = new FidelityParameters(categorical, Budgets.Length, [.. next.Parameters], Trend);
        double[][] waiting = [.. pending.Select(one => (double[])[.. one.Position, 1])];
        var all = new FidelityRows(
            [.. rows.Points, .. waiting], [.. rows.Rungs, .. waiting.Select(_ => Budgets.Length - 1)], values);
        return MultiFidelityProcess.On(all, parameters) is { } process
            ? (new FidelityModel(process, Space, results, deviation), next)
            : (null, next);
    }

    private double PositionOf(int epochs) =>
        Budgets[^1] > 1 ? PortableMath.Log(epochs) / PortableMath.Log(Budgets[^1]) : 1;

    /// <summary>The state with fitted parameters: anew when there are enough new outcomes.</summary>
    private MultiFidelityGpState Fit(FidelityRows rows, bool[] categorical)
    {
        var every = Observed <= 30 ? 1 : Observed <= 60 ? 3 : Observed <= 120 ? 6 : 12;
        if (!Parameters.IsEmpty && Observed - FittedOn < every)
            return this;
        double[] start = Parameters.IsEmpty ? FidelityParameters.Typical(categorical.Length, Budgets.Length) : [.. Parameters];
        var (fitted, _) = Bfgs.Minimize(
            (logs, gradient) =>
                MultiFidelityProcess.Loss(rows, new FidelityParameters(categorical, Budgets.Length, logs, Trend), gradient),
            start, -12, 5, Parameters.IsEmpty ? 40 : 10);
        return this with { Parameters = [.. fitted], FittedOn = Observed };
    }
}
