using System.Collections.Immutable;
using System.Text.RegularExpressions;
using HyperSearch.Cli.Tests.EndToEnd;
using HyperSearch.Hosting.Searches;
using HyperSearch.Planning;
using HyperSearch.Tests;

namespace HyperSearch.Cli.Tests.Drivers;

/// <summary>Spoilt search files: each is refused with a place, or its campaign can begin.</summary>
public sealed partial class SearchFuzzTests : IDisposable
{
    private const int Jobs = 6;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private readonly Workplace _place = new();
    private readonly SearchMutation _mutation = new();

    public SearchFuzzTests()
    {
        Directory.CreateDirectory(_place.PathOf("data"));
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Folder("searches"), "data")))
            File.Copy(file, Path.Combine(_place.PathOf("data"), Path.GetFileName(file)));
    }

    public void Dispose() => _place.Dispose();

    [Fact(Timeout = 7_200_000)]
    public async Task Check_OfASpoiltSearchFile_RefusesItWithAPlaceOrItsCampaignCanBegin()
    {
        var (accepted, refused, violations) = (0, 0, new List<string>());
        foreach (var number in Rounds.Of("HYPERSEARCH_SEARCH_ROUNDS", 60))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            var path = _place.PathOf("spoilt.yaml"); // stays behind should the process die of it
            await File.WriteAllBytesAsync(path, _mutation.Of(number), TestContext.Current.CancellationToken);
            var finished = await InProcess.RunAsync(Longest, Look(path)) ?? await InProcess.RunAsync(4 * Longest, Look(path));
            if (ViolationOf(finished, path) is { } violation)
                Rounds.Tell(violations, $"case {number}: {violation}");
            _ = finished?.Code == 0 ? accepted++ : refused++;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{accepted} files accepted, {refused} refused, {violations.Count} violations");
        Assert.True(violations.Count == 0, string.Join('\n', violations));
    }

    private string[] Look(string path) => ["check", path, "--no-timing", "--results", _place.PathOf("results")];

    private string? ViolationOf(Finished? finished, string path)
    {
        if (finished is null)
            return "hung";
        if (InProcess.Blunder(finished) is { } blunder)
            return blunder;
        return finished.Code switch
        {
            0 => Begin(path),
            2 when Located().IsMatch(finished.Error) || finished.Error.Contains(_place.Folder, StringComparison.Ordinal) => null,
            2 => $"no place: {finished.Error}",
            _ => $"exit code {finished.Code}: {finished.Error}",
        };
    }

    /// <summary>Plans the first jobs as a campaign would.</summary>
    private static string? Begin(string path)
    {
        try
        {
            var search = SearchFile.Read(path);
            var planner = new Planner(search, _ => 1, search.Trials);
            var state = planner.Initial();
            var jobs = new Queue<Job>();
            for (var ended = 0; ended < Jobs && !state.IsFinished;)
            {
                (var job, state) = planner.Next(state);
                if (job is not null)
                {
                    jobs.Enqueue(job);
                    if (jobs.Count < Jobs)
                        continue;
                }

                var first = jobs.First(under => under.Number == state.Awaited);
                jobs = new Queue<Job>(jobs.Where(under => under != first));
                state = planner.Observe(state, Outcome(search, first));
                ended++;
            }

            return null;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return $"accepted, but planning failed: {failure}";
        }
    }

    private static Outcome Outcome(Search search, Job job) => Planning.Outcome.Of(job, OutcomeState.Completed) with
    {
        Epochs = job.ToEpochs,
        Value = 1.0 / (1 + job.Number),
        Metrics = search.Goals.ToImmutableSortedDictionary(goal => goal.Metric, _ => 1.0 / (1 + job.Number)),
    };

    [GeneratedRegex(@"^\S*:\d+:\d+: ", RegexOptions.Multiline)]
    private static partial Regex Located();
}
