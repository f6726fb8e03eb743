using System.Globalization;

namespace HyperSearch.Benchmarks.Coverage;

/// <summary>
/// <c>coverage [--campaigns 500] [--first-seed 1] [--trials 30] [--kinds folds,single,test,apart,apart-folds] [--laws noise,line,…]
/// [--rows FILE]</c>: how often the 95 % intervals of whole campaigns hold the truth, which is known because the tables are drawn from
/// known laws, and how often the truly best trial is among those that cannot be told from the best.
/// </summary>
/// <remarks>
/// Kinds: five folds with an ensemble (cross-fitted figures), five folds without one, and a test set; of the trials a dev set, by error or
/// rmse, and five folds, by cost. The campaigns of a kind take the laws in turn. --rows writes a line for each figure.
/// </remarks>
internal static class CoverageCommand
{
    private const int FreshRows = 3000;

    /// <summary>As many for each trial of a campaign.</summary>
    private const int FreshRowsOfTrials = 1000;

    public static int Run(string[] arguments)
    {
        var options = Arguments.Of(arguments);
        if (!options.AreAmong(["campaigns", "first-seed", "trials", "kinds", "laws", "rows"]))
        {
            Console.Error.WriteLine("coverage takes --campaigns N, --first-seed N, --trials N, --kinds "
                + "folds,single,test,apart,apart-folds, --laws a,b and --rows FILE.");
            return 2;
        }

        var (count, first, trials) = (options.Number("campaigns", 500), options.Number("first-seed", 1), options.Number("trials", 30));
        Law[] laws = [.. Law.All.Where(law => options.Get("laws", law.Name).Split(',').Contains(law.Name))];
        var truths = laws.ToDictionary(law => law, law => new Truth(law, FreshRows));
        var parent = Directory.CreateTempSubdirectory("hypersearch-coverage-");
        var told = new List<Told>();
        try
        {
            foreach (var kind in options.Get("kinds", "folds,single,test,apart,apart-folds").Split(','))
            {
                if (kind.StartsWith("apart", StringComparison.Ordinal))
                {
                    WholeCampaign[] compared = [.. Enumerable.Range(0, count).Select(campaign => laws[campaign % laws.Length])
                        .Select((law, campaign) => new WholeCampaign(
                            law, (ulong)(first + campaign), kind == "apart" ? 0 : 5, 25, trials)
                        {
                            Metric = kind != "apart" ? "dev_cost" : law.Classes > 0 ? "dev_error" : "dev_rmse",
                        })];
                    var truthOf = laws.ToDictionary(law => law, law => new Truth(law, FreshRowsOfTrials));
                    Report(kind, [.. compared.AsParallel().AsOrdered()
                        .Select(campaign => campaign.TellApart(truthOf[campaign.Law], parent.FullName))]);
                    continue;
                }

                var (folds, ensemble) = kind switch { "folds" => (5, 25), "single" => (5, 1), _ => (0, 25) };
                WholeCampaign[] campaigns = [.. Enumerable.Range(0, count).Select(campaign =>
                    new WholeCampaign(laws[campaign % laws.Length], (ulong)(first + campaign), folds, ensemble, trials))];
                Told[] own = [.. campaigns.AsParallel().AsOrdered()
                    .SelectMany(campaign => campaign.Play(truths[campaign.Law], parent.FullName))];
                told.AddRange(own);
                Report(kind, own);
            }
        }
        finally
        {
            parent.Delete(recursive: true);
        }

        if (options.Has("rows"))
        {
            File.WriteAllLines(options.Get("rows", ""), told.Select(one => string.Create(CultureInfo.InvariantCulture,
                $"{one.Campaign.Folds},{one.Campaign.Ensemble},{one.Campaign.Law.Name},{one.Campaign.Seed},{one.Name},{one.Rows},"
                    + $"{one.Value},{one.Truth},{one.Interval?.Low},{one.Interval?.High}")));
        }

        return 0;
    }

    private static void Report(string kind, Apart[] apart)
    {
        Line("all", apart);
        foreach (var law in apart.GroupBy(one => one.Campaign.Law.Name))
            Line(law.Key, [.. law]);

        void Line(string law, Apart[] of) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{kind,-11} {law,-8} the truly best trial is among those that cannot be told from the best in "
                + $"{100.0 * of.Count(one => one.HoldsBest) / of.Length:0.0} % of {of.Length}; "
                + $"there are {of.Average(one => one.Close):0.0} of {of.Average(one => one.LookedAt):0.0}"));
    }

    private static void Report(string kind, Told[] told)
    {
        foreach (var figure in told.GroupBy(one => one.Name))
        {
            Line(kind, figure.Key, "all", [.. figure]);
            foreach (var law in figure.GroupBy(one => one.Campaign.Law.Name))
                Line("", "", law.Key, [.. law]);
        }
    }

    private static void Line(string kind, string figure, string law, Told[] told)
    {
        Told[] stated = [.. told.Where(one => one.Interval is not null)];
        var covered = 100.0 * stated.Count(one => one.Covers) / Math.Max(1, stated.Length);
        var (above, below) = (stated.Count(one => one.Truth > one.Interval!.Value.High),
            stated.Count(one => one.Truth < one.Interval!.Value.Low));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{kind,-8} {figure,-16} {law,-8} {covered,5:0.0} % of {stated.Length,4}   above {above,3} below {below,3}   "
                + $"figure {told.Average(one => one.Value):0.0000} truth {told.Average(one => one.Truth):0.0000}"));
    }
}
