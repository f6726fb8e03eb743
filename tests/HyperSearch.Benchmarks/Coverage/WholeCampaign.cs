using System.Globalization;
using HyperSearch.Analysis;
using HyperSearch.Hosting;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Stores;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Spaces;
using HyperSearch.Training.Data;
using HyperSearch.Training.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace HyperSearch.Benchmarks.Coverage;

/// <summary>A whole campaign on a table drawn from a law: searched, judged and told as a user's, then held against the truth.</summary>
/// <param name="Law">The law.</param>
/// <param name="Seed">Draws the table and seeds the campaign.</param>
/// <param name="Folds">Into how many folds the rows are dealt; 0 cuts a dev and a test set off.</param>
/// <param name="Ensemble">The largest size of the ensemble, in trials; 1 for the winner's own networks.</param>
/// <param name="Trials">How many trials.</param>
internal sealed record WholeCampaign(Law Law, ulong Seed, int Folds, int Ensemble, int Trials)
{
    /// <summary>The full budget of a trial.</summary>
    public const int Epochs = 60;

    private static readonly Space Space = new(
    [
        new Parameter("learning_rate", new LogScale(1e-3, 1e-1)),
        new Parameter("hidden_units", new LogIntScale(4, 32)),
        new Parameter("batch_size", new FixedScale(32)),
        new Parameter("l2", new LogScale(1e-3, 10)),
        new Parameter("keep_prob", new UniformScale(0.5, 1)),
        new Parameter("optimizer", new FixedScale("adam")),
        new Parameter("patience", new FixedScale(12)),
    ]);

    /// <summary>What the campaign minimizes.</summary>
    public string Metric { get; init; } = "dev_cost";

    /// <summary>The figures that the campaign tells, each with its interval where it tells one, and the truth.</summary>
    /// <param name="truth">The truth of the law.</param>
    /// <param name="parent">A folder for the table and the model.</param>
    public IEnumerable<Told> Play(Truth truth, string parent) => Play(parent, (place, _, verdict) =>
    {
        var part = verdict!.IsOnTestSet ? "test" : "held_out";
        return truth.Of(Model.Load(place.ModelPath)).Select(figure =>
        {
            var name = $"{part}_{figure.Key}";
            return new Told(this, name, verdict.TestMetrics[name], verdict.TestRows, Uncertainty.Interval(verdict, name), figure.Value);
        }).ToArray();
    });

    /// <summary>Which trials the campaign cannot tell from its best, and whether the truly best is among them.</summary>
    /// <param name="truth">The truth of the law.</param>
    /// <param name="parent">A folder for the table and the model.</param>
    public Apart TellApart(Truth truth, string parent) => Play(parent, (_, campaign, _) =>
    {
        var snapshot = campaign.Read();
        var objective = ObjectiveFactory.Create(snapshot.Search, TimeProvider.System); // the session has freed its own data
        using var data = (IDisposable)objective;
        var (close, lookedAt) = Uncertainty.CloseToBest(snapshot, objective.DevRows!.Value);
        var best = snapshot.Trials.Where(trial => lookedAt.Contains(trial.Number))
            .MinBy(trial => TrialTruth.Of(trial, objective, Seed, truth, Metric));
        return new Apart(this, best is null || close.Contains(best.Number), close.Length, lookedAt.Length);
    });

    private T Play<T>(string parent, Func<CampaignFolder, Campaign, Verdict?, T> tell)
    {
        var folder = Directory.CreateDirectory(Path.Combine(parent, FormattableString.Invariant($"{Law.Name}-{Folds}-{Ensemble}-{Seed}")));
        try
        {
            var table = Path.Combine(folder.FullName, "table.csv");
            File.WriteAllLines(table, Rows());
            var search = new Search
            {
                Name = "coverage",
                Objective = new TrainingDefinition(new DataSource { Path = table, Label = "y" })
                {
                    Epochs = Epochs,
                    Folds = Folds,
                    Ensemble = Ensemble,
                },
                Metric = Metric,
                Space = Space,
                Sampler = new CoarseToFineSampler(),
                Trials = Trials,
                Seed = Seed,
            };
            var place = new CampaignFolder(folder.FullName);
            var campaign = Campaign.InMemory(place, search, TimeProvider.System);
            var request = new CampaignRequest(search, ObjectiveFactory.Create(search, TimeProvider.System), place)
            {
                Campaign = campaign,
                Workers = 1,
            };
            var session = new CampaignSession(request, [], TimeProvider.System, NullLogger.Instance);
            var verdict = session.RunAsync(CancellationToken.None).GetAwaiter().GetResult().Verdict;
            return tell(place, campaign, verdict);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>80 to 250 rows; a table that lacks a class is drawn again.</summary>
    private string[] Rows()
    {
        var random = RandomStream.For(Seed, 1, Law.Name);
        while (true)
        {
            var labels = new HashSet<double>();
            string[] rows = [.. Enumerable.Range(0, 80 + random.NextInt(171)).Select(_ =>
            {
                var inputs = Law.Draw(random);
                var label = Law.Label(random, inputs);
                labels.Add(label);
                return string.Join(',', [.. inputs.Select(Text), Law.Classes > 0 ? $"c{Text(label)}" : Text(label)]);
            })];
            if (Law.Classes == 0 || labels.Count == Law.Classes)
                return [string.Join(',', [.. Enumerable.Range(0, Law.Inputs).Select(input => $"x{input}"), "y"]), .. rows];
        }

        static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
    }
}

/// <summary>A figure that a campaign told, and the truth.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Name">The figure's name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Rows">On how many rows.</param>
/// <param name="Interval">The 95 % interval; <c>null</c> where none was told.</param>
/// <param name="Truth">The value on all rows of the law.</param>
internal sealed record Told(WholeCampaign Campaign, string Name, double Value, int Rows, (double Low, double High)? Interval, double Truth)
{
    /// <summary>Whether the interval holds the truth.</summary>
    public bool Covers => Interval is var (low, high) && low <= Truth && Truth <= high;
}
