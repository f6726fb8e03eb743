using System.Globalization;
using System.Text;
using System.Text.Json;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.Designs;
using HyperSearch.Samplers.Gp;
using HyperSearch.Spaces;

namespace HyperSearch.Benchmarks.Priors;

/// <summary>Makes the prior of the built-in trainer, and measures what it is worth on tables that had no part in its making.</summary>
/// <remarks>
/// <c>prior [--data searches/data] [--trials 20] [--points 10] [--out FILE]</c> runs a campaign of <c>random</c> and one of <c>gp</c> on
/// each table and writes the configurations that did well together, as <c>from:</c> chooses them. <c>prior --judge 201-210 [--samplers
/// auto,coarse_to_fine]</c> measures the shipped ones instead.
/// </remarks>
internal static class PriorCommand
{
    private const string Metric = "value";

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        var options = Arguments.Of(arguments);
        if (!options.AreAmong(["data", "trials", "points", "out", "judge", "samplers"]))
        {
            Console.Error.WriteLine("usage: prior [--data searches/data] [--trials 20] [--points 10] [--out FILE]\n"
                + "       prior --judge 201-210 [--samplers auto,coarse_to_fine] [--data searches/data]");
            return 2;
        }

        var (folder, trials) = (options.Get("data", "searches/data"), options.Number("trials", 20));
        if (options.Has("judge"))
            return PriorJudge.Run(options.Get("judge", ""), options.Get("samplers", "auto,coarse_to_fine"), folder);

        ISampler[] samplers = [new RandomSampler(), new GpSampler()];
        var campaigns = new CampaignSnapshot[samplers.Length * PriorTable.Making.Count];
        Parallel.For(0, PriorTable.Making.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, place =>
        {
            using var problem = new PriorProblem(PriorTable.Making[place], folder);
            for (var s = 0; s < samplers.Length; s++)
                campaigns[place * samplers.Length + s] = Play(problem, samplers[s], trials, (ulong)(1000 + place));
            Console.Error.WriteLine($"{problem.Name}: {campaigns[(place + 1) * samplers.Length - 1].Trials.Min(trial => trial.Value):G4}");
        });
        var chosen = EarlierTrials.Take(campaigns, PriorProblem.Search with { Metric = Metric }, options.Number("points", 10));
        var text = Write([.. chosen.Trials.Select(trial => trial.Point)]);
        Console.Write(text);
        if (options.Has("out"))
            File.WriteAllText(options.Get("out", ""), text);
        return 0;
    }

    private static CampaignSnapshot Play(PriorProblem problem, ISampler sampler, int trials, ulong seed)
    {
        var search = new AskAndTell(PriorProblem.Search.Space,
            new SearchOptions
            {
                Sampler = sampler,
                Trials = trials,
                Seed = seed,
                Slots = 1,
                Edition = LawEdition.Fourth, // by whose laws the shipped prior was made and judged
            });
        while (search.Ask() is { } job)
            search.Tell(job, problem.CostOf(job.Point));
        return new CampaignSnapshot
        {
            Name = problem.Name,
            Folder = problem.Name,
            Search = PriorProblem.Search with { Metric = Metric },
            State = CampaignState.Finished,
            Trials = [.. search.Ranking.OrderBy(trial => trial.Number)],
        };
    }

    /// <summary>The file: numbers to three digits, as the search they were found by is no finer.</summary>
    private static string Write(IEnumerable<Point> points)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartArray();
            foreach (var point in points)
            {
                json.WriteStartObject();
                var names = PriorProblem.Search.Space.Parameters.Select(parameter => parameter.Name);
                foreach (var name in names.Where(name => name != "patience"))
                {
                    if (!point[name].IsNumber)
                        json.WriteString(name, point[name].ToString());
                    else
                        json.WriteNumber(name, double.Parse(
                            point[name].Number.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
