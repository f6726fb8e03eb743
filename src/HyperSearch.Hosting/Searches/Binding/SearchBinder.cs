using HyperSearch.Hosting.Searches.Grammar;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Planning;
using HyperSearch.Samplers;

namespace HyperSearch.Hosting.Searches.Binding;

/// <summary>
/// Makes a <see cref="Search"/> of a checked tree, and notes the mistakes that only show when its parts are seen together.
/// </summary>
/// <param name="root">The tree, already checked against <see cref="SearchTable.Shape"/>.</param>
/// <param name="fileName">Names the search where the file does not.</param>
/// <param name="folder">The absolute folder that relative paths start from.</param>
/// <param name="problems">Where errors go.</param>
/// <param name="looksAtData">Whether the data are read where the file has mistakes, so that mistakes of both are told together.</param>
internal sealed class SearchBinder(MapNode root, string fileName, string folder, Problems problems, bool looksAtData)
{
    /// <summary>The search; <c>null</c> when anything was wrong.</summary>
    public Search? Bind()
    {
        var search = SearchTable.File.Read(Start(), root, new Reading(root, folder, problems));
        ObjectiveChecks.Check(root, problems.IsSound(root["objective"]) ? search.Objective : null, problems);
        if (root["schedule"] is { } schedule && problems.IsSound(schedule) && problems.IsSound(root["objective"]))
            problems.Attempt(schedule, () => search.Schedule.Initial(search.Objective.Epochs));
        if (problems.IsSound(root["confirm"]) && search.Confirm?.Contradiction is { } contradiction)
            problems.Add(root["confirm"]!["at_most"]!, contradiction);
        if (problems.Any)
        {
            if (looksAtData && root["objective"]?["train"] is MapNode train)
                ObjectiveTable.CheckData(train, new Reading(root, folder, problems));
            return null;
        }

        CheckWhole(search);
        return problems.Any ? null : search;
    }

    private Search Start()
    {
        var start = SearchTable.File.Untouched;
        if (root["name"] is not null)
            return start;
        var name = Path.GetFileNameWithoutExtension(fileName);
        if (Search.IsName(name))
            return start with { Name = name };
        problems.Add(root,
            $"the search has no name, and \"{name}\", the file's, cannot be a folder's. Write name: with letters, digits, dots, _ and -.");
        return start;
    }

    /// <summary>Asks metrics and sampler whether they go with this space.</summary>
    private void CheckWhole(Search search)
    {
        Node space = root["space"]!;
        foreach (var problem in TradeOff.Problems(search, SearchGrammar.Samplers.Describe(search.Sampler)))
            problems.Add((root["minimize"] ?? root["maximize"] ?? root["tradeoff"])!, problem);
        foreach (var problem in PbtLaw.Problems(search))
            problems.Add(root["schedule"]!, problem);
        if (search.Space.Dimensions == 0 && search.Trials > 1)
        {
            problems.Add(
                space,
                $"every parameter of the space has a single value, so all {search.Trials} trials would be the same. "
                + "Give one a range, such as learning_rate: {log: [0.0001, 1]}, or ask for trials: 1.");
        }
        else if (search.Sampler is not SamplerInCode)
        {
            problems.Attempt(root["method"]?["sampler"] ?? space,
                () => search.Sampler.Initial(new SamplingProblem(search.Space, search.Seed, search.Trials)
                {
                    Objectives = search.Sampler.TradesOff ? search.Goals.Length : 1, // else it was refused above
                }));
        }
    }
}
